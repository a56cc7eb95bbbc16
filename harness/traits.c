#include "traits.h"

#include "elf.h"
#include "text.h"
#include "toolchain.h"

#include <string.h>

// Undefined symbols of the object; a name that ends in `*` stands for all that begin so. Atomic accesses
// are calls only where ThreadSanitizer instrumented them.
static const struct {
    const char *symbol;
    unsigned trait;
} table[] = {
    {"__tsan_atomic_thread_fence", USES_FENCES},
    {"__tsan_atomic*", USES_ATOMICS},
    {"pthread_once", USES_ONCE},
    {"call_once", USES_ONCE},
    {"sem_trywait", USES_SEM_TRY},
    {"sem_timedwait", USES_SEM_TRY},
    {"sem_clockwait", USES_SEM_TRY},
    {"pipe", USES_DESCRIPTORS},
    {"pipe2", USES_DESCRIPTORS},
    {"eventfd", USES_DESCRIPTORS},
    {"socket", USES_DESCRIPTORS},
    {"socketpair", USES_DESCRIPTORS},
    {"mkfifo", USES_DESCRIPTORS},
    {"pthread_tryjoin_np", USES_TRY_JOIN},
    {"pthread_timedjoin_np", USES_TRY_JOIN},
    {"pthread_clockjoin_np", USES_TRY_JOIN},
    {"alarm", USES_ALARMS},
    {"ualarm", USES_ALARMS},
    {"setitimer", USES_ALARMS},
    {"pthread_join", USES_JOIN},
    {"pthread_detach", USES_JOIN},
    {"thrd_join", USES_JOIN},
    {"thrd_detach", USES_JOIN},
    {"timer_create", USES_TIMERS},
    {"pthread_cancel", USES_CANCEL},
    {"pthread_mutexattr_setrobust", USES_ROBUST},
    {"pthread_rwlock_timed*", USES_TIMED_RWLOCK},
    {"pthread_rwlock_clock*", USES_TIMED_RWLOCK},
    {"__tsan_init", IS_INSTRUMENTED},
    {"__asan_init", IS_INSTRUMENTED},
};

static unsigned traits_of_symbol(const char *name) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        size_t length = strlen(table[i].symbol);
        bool open = table[i].symbol[length - 1] == '*';
        if (open ? strncmp(name, table[i].symbol, length - 1) == 0
                 : strcmp(name, table[i].symbol) == 0)
            return table[i].trait;
    }
    return 0;
}

static bool add_traits(void *context, const char *name, const GElf_Sym *symbol) {
    unsigned *traits = context;
    if (symbol->st_shndx == SHN_UNDEF)
        *traits |= traits_of_symbol(name);
    return true;
}

unsigned traits_of_object(const char *path) {
    unsigned traits = 0;
    elf_symbols(path, add_traits, &traits);
    return traits;
}
