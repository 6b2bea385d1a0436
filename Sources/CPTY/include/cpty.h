#ifndef CPTY_H
#define CPTY_H

#include <sys/types.h>

/* Starts a program on a new pseudo-terminal of its own session, whose controlling terminal it is.
   argv and envp end with a null. The child has no other descriptor open than 0, 1 and 2, and no signal blocked or
   ignored. directory may be null. The parent's side is close-on-exec and non-blocking.
   Returns the child's id and sets *side, or returns -1 with errno. */
pid_t cpty_start(const char *path, char *const argv[], char *const envp[], const char *directory,
                 unsigned short columns, unsigned short rows, int *side);

/* Sets the size, which tells the program by SIGWINCH. Returns 0, or -1 with errno. */
int cpty_resize(int side, unsigned short columns, unsigned short rows);

#endif
