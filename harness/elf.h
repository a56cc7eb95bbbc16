// What is common to all readers of executables and objects (libelf, libdwfl).
#ifndef INTERLEAVE_ELF_H
#define INTERLEAVE_ELF_H

#include <elfutils/libdwfl.h>
#include <gelf.h>
#include <stdbool.h>

// Calls `visit` with each symbol of the file's table until it returns false; says whether it did.
bool elf_symbols(const char *path,
                 bool (*visit)(void *context, const char *name, const GElf_Sym *symbol),
                 void *context);

// For Dwfl_Callbacks: programs under test carry their debug information with them, and looking elsewhere
// for more would only cost time.
int elf_no_debuginfo(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                     const char *file, const char *link, GElf_Word crc, char **found);

#endif
