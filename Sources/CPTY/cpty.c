#define _GNU_SOURCE
#include "cpty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cpty_resize(int side, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(side, TIOCSWINSZ, &size);
}

pid_t cpty_start(const char *path, char *const argv[], char *const envp[], const char *directory,
                 unsigned short columns, unsigned short rows, int *side) {
    int parent = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (parent < 0) return -1;
    char name[64];
    if (grantpt(parent) || unlockpt(parent) || ptsname_r(parent, name, sizeof name)
        || cpty_resize(parent, columns, rows) || fcntl(parent, F_SETFL, O_NONBLOCK)) {
        int problem = errno;
        close(parent);
        errno = problem;
        return -1;
    }
    pid_t child = fork();
    if (child < 0) {
        int problem = errno;
        close(parent);
        errno = problem;
        return -1;
    }
    if (child == 0) {
        /* Only what is safe between fork and exec. */
        setsid();
        int tty = open(name, O_RDWR);
        if (tty < 0 || ioctl(tty, TIOCSCTTY, 0)) _exit(127);
        dup2(tty, 0);
        dup2(tty, 1);
        dup2(tty, 2);
        close_range(3, ~0U, 0);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
        if (directory && chdir(directory) && chdir("/")) _exit(127);
        execve(path, argv, envp);
        _exit(127);
    }
    *side = parent;
    return child;
}
