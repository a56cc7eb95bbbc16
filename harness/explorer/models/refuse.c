// What the explorer does not model: other processes, signals that come from elsewhere, and waiting that
// goes past the library. The schedule ends there and the program is not judged.
#include "refuse.h"

#include "model.h"
#include "random.h"

#include <aio.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#pragma weak timer_create // which older C libraries keep in a library of their own
#pragma weak aio_read
#pragma weak aio_write
#pragma weak aio_fsync
#pragma weak lio_listio

_Noreturn void refuse(const char *call, const char *what, uint32_t place) {
    report_unavailable_at(place,
                          "the program calls %s, %s; the explorer does not model that: leave "
                          "this program to the other engines",
                          call, what);
}

#define MAKES "which makes another process"
#define REPLACES "which puts another program in its place"
#define WAITS "which waits for a signal"
#define COMES_LATER "after which a signal comes at any moment"
#define ELSEWHERE "which lets the system read and write beside the threads"
#define QUEUES "which may wait for another process"

#define TABLE \
    ROW(pid_t, fork, MAKES, (void), ()) \
    ROW(int, posix_spawn, MAKES, \
        (pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions, \
         const posix_spawnattr_t *attributes, char *const *words, char *const *variables), \
        (pid, path, actions, attributes, words, variables)) \
    ROW(int, posix_spawnp, MAKES, \
        (pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions, \
         const posix_spawnattr_t *attributes, char *const *words, char *const *variables), \
        (pid, path, actions, attributes, words, variables)) \
    ROW(int, daemon, MAKES, (int stays, int keeps), (stays, keeps)) \
    ROW(int, execv, REPLACES, (const char *path, char *const *words), (path, words)) \
    ROW(int, execvp, REPLACES, (const char *path, char *const *words), (path, words)) \
    ROW(int, execve, REPLACES, (const char *path, char *const *words, char *const *variables), \
        (path, words, variables)) \
    ROW(int, execvpe, REPLACES, (const char *path, char *const *words, char *const *variables), \
        (path, words, variables)) \
    ROW(int, fexecve, REPLACES, (int file, char *const *words, char *const *variables), \
        (file, words, variables)) \
    ROW(int, sigwait, WAITS, (const sigset_t *set, int *number), (set, number)) \
    ROW(int, sigwaitinfo, WAITS, (const sigset_t *set, siginfo_t *info), (set, info)) \
    ROW(int, sigtimedwait, WAITS, \
        (const sigset_t *set, siginfo_t *info, const struct timespec *time), (set, info, time)) \
    ROW(int, sigsuspend, WAITS, (const sigset_t *set), (set)) \
    ROW(int, pause, WAITS, (void), ()) \
    ROW(unsigned, alarm, COMES_LATER, (unsigned seconds), (seconds)) \
    ROW(useconds_t, ualarm, COMES_LATER, (useconds_t time, useconds_t again), (time, again)) \
    ROW(int, setitimer, COMES_LATER, \
        (__itimer_which_t which, const struct itimerval *new, struct itimerval *old), \
        (which, new, old)) \
    ROW(int, timer_create, COMES_LATER, \
        (clockid_t clock, struct sigevent * event, timer_t * timer), (clock, event, timer)) \
    ROW(int, sigqueue, SENDS, (pid_t pid, int number, const union sigval value), \
        (pid, number, value)) \
    ROW(int, pthread_sigqueue, SENDS, (pthread_t thread, int number, const union sigval value), \
        (thread, number, value)) \
    ROW(int, aio_read, ELSEWHERE, (struct aiocb * block), (block)) \
    ROW(int, aio_write, ELSEWHERE, (struct aiocb * block), (block)) \
    ROW(int, aio_fsync, ELSEWHERE, (int kind, struct aiocb *block), (kind, block)) \
    ROW(int, lio_listio, ELSEWHERE, \
        (int mode, struct aiocb *const *blocks, int count, struct sigevent *event), \
        (mode, blocks, count, event))

#define ROW(result, name, what, parameters, arguments) \
    result __wrap_##name parameters; \
    result __wrap_##name parameters { \
        if (MODELLED) \
            refuse(#name, what, PLACE_HERE); \
        return name arguments; \
    }
TABLE
#undef ROW

// With arguments that C cannot pass on: refused before the first schedule too.
#define REFUSED(result, name, what) \
    result __wrap_##name(void); \
    result __wrap_##name(void) { \
        if (schedule_runs()) \
            refuse(#name, what, PLACE_HERE); \
        return (result)-1; \
    }
REFUSED(pid_t, vfork, MAKES)
REFUSED(int, clone, MAKES)
REFUSED(int, execl, REPLACES)
REFUSED(int, execlp, REPLACES)
REFUSED(int, execle, REPLACES)
REFUSED(mqd_t, mq_open, QUEUES)

// The system call itself

static const struct {
    long number;
    const char *name, *what;
} refused[] = {
    {SYS_futex, "syscall with SYS_futex", "which waits and wakes beside the library"},
#ifdef SYS_futex_waitv
    {SYS_futex_waitv, "syscall with SYS_futex_waitv", "which waits beside the library"},
#endif
#ifdef SYS_fork
    {SYS_fork, "syscall with SYS_fork", MAKES},
    {SYS_vfork, "syscall with SYS_vfork", MAKES},
#endif
    {SYS_clone, "syscall with SYS_clone", MAKES},
#ifdef SYS_clone3
    {SYS_clone3, "syscall with SYS_clone3", MAKES},
#endif
    {SYS_execve, "syscall with SYS_execve", REPLACES},
    {SYS_kill, "syscall with SYS_kill", "which sends a signal to a process"},
    {SYS_tgkill, "syscall with SYS_tgkill", SENDS},
    {SYS_tkill, "syscall with SYS_tkill", SENDS},
    {SYS_rt_sigaction, "syscall with SYS_rt_sigaction", HANDLES},
#ifdef SYS_io_uring_setup
    {SYS_io_uring_setup, "syscall with SYS_io_uring_setup", ELSEWHERE},
#endif
};

WRAP(long, syscall, long number, long a, long b, long c, long d, long e, long f) {
    for (size_t i = 0; MODELLED && i < sizeof refused / sizeof refused[0]; i++)
        if (refused[i].number == number)
            refuse(refused[i].name, refused[i].what, PLACE_HERE);
    if (MODELLED && number == SYS_getrandom)
        return random_fill((void *)a, (size_t)b, PLACE_HERE);
    return syscall(number, a, b, c, d, e, f);
}
