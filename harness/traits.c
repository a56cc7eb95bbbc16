#include "traits.h"

#include "text.h"
#include "toolchain.h"

#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

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
    {"socket*", USES_DESCRIPTORS},
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

unsigned traits_of_object(const char *path) {
    unsigned traits = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    elf_version(EV_CURRENT);
    Elf *elf = fd >= 0 ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
    for (Elf_Scn *section = NULL; elf && (section = elf_nextscn(elf, section));) {
        GElf_Shdr header;
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        size_t count = data ? header.sh_size / header.sh_entsize : 0;
        for (size_t i = 0; i < count; i++) {
            GElf_Sym symbol;
            if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != SHN_UNDEF)
                continue;
            const char *name = elf_strptr(elf, header.sh_link, symbol.st_name);
            traits |= name ? traits_of_symbol(name) : 0;
        }
    }
    elf_end(elf);
    if (fd >= 0)
        close(fd);
    return traits;
}
