#ifndef CPTY_H
#define CPTY_H

#include <sys/types.h>

/* A program on a pseudo-terminal of its own. */
struct cpty {
    /* The side that is read and written: close-on-exec, non-blocking. */
    int side;
    /* Readable as soon as the program has ended: a pidfd (Linux 5.3), close-on-exec. */
    int end;
    pid_t process;
};

/* Starts a program as the leader of a new session and of its foreground group, with a new pseudo-terminal as its
   controlling terminal. It has no other descriptor than 0, 1 and 2, and no signal blocked or ignored.
   argv and envp end with a null. Where directory cannot be entered, it starts in /.
   Returns 0, or what errno says of why not: then nothing is left open and no child is left over. */
int cpty_start(struct cpty *terminal, const char *path, char *const argv[], char *const envp[], const char *directory,
               unsigned short columns, unsigned short rows);

/* Sets the size, which tells the foreground group by SIGWINCH. Returns 0 or errno. */
int cpty_resize(int side, unsigned short columns, unsigned short rows);

/* The size of the terminal that a descriptor is of. Returns 0 or errno. */
int cpty_size(int descriptor, unsigned short *columns, unsigned short *rows);

/* A counter that wakes a poll (eventfd): close-on-exec, non-blocking. Returns -1 with errno. */
int cpty_bell(void);

#endif
