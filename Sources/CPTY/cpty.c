#define _GNU_SOURCE
#include "cpty.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

int cpty_resize(int side, unsigned short columns, unsigned short rows) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(side, TIOCSWINSZ, &size) ? errno : 0;
}

int cpty_size(int descriptor, unsigned short *columns, unsigned short *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size)) return errno;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

/* The same, above 0, 1 and 2, which have another meaning in the child. */
static int lifted(int descriptor) {
    if (descriptor < 0 || descriptor > 2) return descriptor;
    int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    int problem = errno;
    close(descriptor);
    errno = problem;
    return higher;
}

static int opened(int *side, int *tty, unsigned short columns, unsigned short rows) {
    char name[64];
    struct termios settings;
    if ((*side = lifted(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))) < 0) return errno;
    if (grantpt(*side) || unlockpt(*side) || fcntl(*side, F_SETFL, O_RDWR | O_NONBLOCK)) return errno;
    if (ptsname_r(*side, name, sizeof name)) return errno;
    /* The child's end is open before anything waits for the other one, which would see a hang-up until it is. */
    if ((*tty = lifted(open(name, O_RDWR | O_NOCTTY | O_CLOEXEC))) < 0) return errno;
    if (tcgetattr(*tty, &settings)) return errno;
    settings.c_iflag |= IUTF8;
    if (tcsetattr(*tty, TCSANOW, &settings)) return errno;
    return cpty_resize(*side, columns, rows);
}

/* All but 0, 1, 2 and `kept`. close_range is of Linux 5.9; before it they are closed one by one. */
static void close_others(int kept, int last) {
    if (kept == 3 || !syscall(SYS_close_range, 3U, (unsigned)kept - 1, 0U))
        if (!syscall(SYS_close_range, (unsigned)kept + 1, ~0U, 0U)) return;
    for (int descriptor = 3; descriptor < last; descriptor++)
        if (descriptor != kept) close(descriptor);
}

/* The child, up to its program. Only what is safe between fork and exec (signal-safety(7)) is done here, since
   other threads of the parent may have held any lock. */
static _Noreturn void become(const char *path, char *const argv[], char *const envp[], const char *directory, int tty,
                             int report, int last) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    if (setsid() >= 0 && !ioctl(tty, TIOCSCTTY, 0) && dup2(tty, 0) == 0 && dup2(tty, 1) == 1 && dup2(tty, 2) == 2
        && ((directory && !chdir(directory)) || !chdir("/"))) {
        close_others(report, last);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execve(path, argv, envp);
    }
    int problem = errno;
    while (write(report, &problem, sizeof problem) < 0 && errno == EINTR) continue;
    _exit(127);
}

/* What the child says of why there is no program; 0 once there is one, since exec closes its end. */
static int reported(int report) {
    int problem = 0;
    ssize_t count;
    do count = read(report, &problem, sizeof problem);
    while (count < 0 && errno == EINTR);
    return count == sizeof problem ? problem : 0;
}

static void reap(pid_t child) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
}

int cpty_start(struct cpty *terminal, const char *path, char *const argv[], char *const envp[], const char *directory,
               unsigned short columns, unsigned short rows) {
    int side = -1, tty = -1, end = -1, report[2] = {-1, -1};
    int problem = opened(&side, &tty, columns, rows);
    if (!problem && (pipe2(report, O_CLOEXEC) || (report[1] = lifted(report[1])) < 0)) problem = errno;
    if (!problem) {
        struct rlimit limit;
        int last = getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur > 65536 ? 65536 : (int)limit.rlim_cur;
        /* No handler of the parent's may run in the child: signals wait until the child has none. */
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        pid_t child = fork();
        if (child == 0) become(path, argv, envp, directory, tty, report[1], last);
        problem = child < 0 ? errno : 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        close(report[1]);
        report[1] = -1;
        if (!problem) {
            problem = reported(report[0]);
            if (!problem && (end = (int)syscall(SYS_pidfd_open, child, 0U)) < 0) {
                problem = errno;
                kill(child, SIGKILL);
            }
            if (problem) reap(child);
        }
        *terminal = (struct cpty){.side = side, .end = end, .process = child};
    }
    if (tty >= 0) close(tty);
    if (report[0] >= 0) close(report[0]);
    if (report[1] >= 0) close(report[1]);
    if (problem && side >= 0) close(side);
    return problem;
}

int cpty_bell(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
