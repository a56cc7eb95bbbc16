#include "elf.h"

#include <fcntl.h>
#include <unistd.h>

bool elf_symbols(const char *path,
                 bool (*visit)(void *context, const char *name, const GElf_Sym *symbol),
                 void *context) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    elf_version(EV_CURRENT);
    Elf *elf = fd >= 0 ? elf_begin(fd, ELF_C_READ_MMAP, NULL) : NULL;
    bool more = true;
    for (Elf_Scn *section = NULL; elf && more && (section = elf_nextscn(elf, section));) {
        GElf_Shdr header;
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        size_t count = data ? header.sh_size / header.sh_entsize : 0;
        for (size_t i = 0; i < count && more; i++) {
            GElf_Sym symbol;
            const char *name = gelf_getsym(data, (int)i, &symbol)
                                   ? elf_strptr(elf, header.sh_link, symbol.st_name)
                                   : NULL;
            more = !name || visit(context, name, &symbol);
        }
    }
    elf_end(elf);
    if (fd >= 0)
        close(fd);
    return !more;
}

int elf_no_debuginfo(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                     const char *file, const char *link, GElf_Word crc, char **found) {
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)crc,
        (void)found;
    return -1;
}
