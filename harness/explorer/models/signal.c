// Signals (POSIX sigaction): handlers are refused, so the only effect that one can have is the end of the
// process, or none. Those of a crash stay the explorer's own, which tells of it.
#include "signals.h"

#include "model.h"
#include "refuse.h"

#include <errno.h>
#include <unistd.h>

static bool is_handler(void (*handler)(int)) {
    return handler != SIG_DFL && handler != SIG_IGN && handler != SIG_ERR;
}

WRAP(int, sigaction, int number, const struct sigaction *new, struct sigaction *old) {
    if (MODELLED && new &&is_handler(new->sa_handler))
        refuse("sigaction", HANDLES, PLACE_HERE);
    if (!MODELLED || !signals_are_ours(number))
        return sigaction(number, new, old);
    if (old)
        *old = (struct sigaction){.sa_handler = SIG_DFL};
    return 0;
}

WRAP(sighandler_t, signal, int number, sighandler_t handler) {
    if (MODELLED && is_handler(handler))
        refuse("signal", HANDLES, PLACE_HERE);
    return MODELLED && signals_are_ours(number) ? SIG_DFL : signal(number, handler);
}

WRAP(int, pthread_kill, pthread_t thread, int number) {
    if (MODELLED && number)
        refuse("pthread_kill", SENDS, PLACE_HERE);
    return pthread_kill(thread, number);
}

WRAP(int, kill, pid_t pid, int number) {
    if (MODELLED && number && pid != getpid())
        refuse("kill", "which sends a signal to another process", PLACE_HERE);
    return kill(pid, number);
}

// The driver's question must get through.
static int set_mask(int how, const sigset_t *set, sigset_t *old) {
    sigset_t allowed;
    if (set && how != SIG_UNBLOCK) {
        allowed = *set;
        sigdelset(&allowed, SIGNAL_WHERE);
        set = &allowed;
    }
    return pthread_sigmask(how, set, old);
}

WRAP(int, pthread_sigmask, int how, const sigset_t *set, sigset_t *old) {
    return MODELLED ? set_mask(how, set, old) : pthread_sigmask(how, set, old);
}

WRAP(int, sigprocmask, int how, const sigset_t *set, sigset_t *old) {
    if (!MODELLED)
        return sigprocmask(how, set, old);
    int error = set_mask(how, set, old);
    if (error)
        errno = error;
    return error ? -1 : 0;
}
