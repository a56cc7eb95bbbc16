#include "symbols.h"

#include "elf.h"
#include "text.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct variable {
    uint64_t address, size;
    Dwarf_Die die;
};

// The lines of a trace are few, and asked for over and over.
struct known_line {
    uint64_t address; // 0: empty
    bool found;
    struct location location;
};

enum { KNOWN_LINES = 1024 };

struct symbols {
    char *executable, *anchor_name;
    uint64_t anchor;
    bool tried; // to open it
    struct known_line lines[KNOWN_LINES];
    Dwfl *dwfl;
    Dwfl_Module *module;
    uint64_t bias;
    struct variable *variables;
    size_t variable_count;
    bool variables_read;
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = elf_no_debuginfo,
    .section_address = dwfl_offline_section_address,
};

struct wanted {
    const char *name;
    uint64_t value;
};

static bool differs(void *context, const char *name, const GElf_Sym *symbol) {
    struct wanted *wanted = context;
    wanted->value = symbol->st_value;
    return strcmp(name, wanted->name) != 0;
}

struct symbols *symbols_open(const char *executable, const char *anchor_name, uint64_t anchor) {
    struct symbols *symbols = memory_zeroed(1, sizeof *symbols);
    symbols->executable = string_copy(executable);
    symbols->anchor_name = string_copy(anchor_name);
    symbols->anchor = anchor;
    return symbols;
}

static void open_executable(struct symbols *symbols) {
    struct wanted linked = {.name = symbols->anchor_name};
    if (!elf_symbols(symbols->executable, differs, &linked))
        return;
    symbols->bias = symbols->anchor - linked.value;
    symbols->dwfl = dwfl_begin(&callbacks);
    if (!symbols->dwfl)
        return;
    dwfl_report_begin(symbols->dwfl);
    symbols->module =
        dwfl_report_elf(symbols->dwfl, "program", symbols->executable, -1, symbols->bias, false);
    dwfl_report_end(symbols->dwfl, NULL, NULL);
}

// Most runs have nothing to tell, and opening costs more than such a run.
static bool is_open(struct symbols *symbols) {
    if (symbols && !symbols->tried) {
        symbols->tried = true;
        open_executable(symbols);
    }
    return symbols && symbols->module;
}

void symbols_close(struct symbols *symbols) {
    if (!symbols)
        return;
    if (symbols->dwfl)
        dwfl_end(symbols->dwfl);
    for (size_t i = 0; i < KNOWN_LINES; i++)
        location_free(&symbols->lines[i].location);
    free(symbols->variables);
    free(symbols->executable);
    free(symbols->anchor_name);
    free(symbols);
}

void location_free(struct location *location) {
    free(location->file);
    free(location->function);
    *location = (struct location){0};
}

static const struct strings *own_sources;
static const char *compiled_in;

void symbols_own_sources(const struct strings *names, const char *directory) {
    own_sources = names;
    compiled_in = directory;
}

// An absolute name without "." and "..", whatever is there.
static char *plain_name(const char *file) {
    struct text plain = {0};
    text_add(&plain, "/");
    while (*(file += strspn(file, "/"))) {
        size_t length = strcspn(file, "/");
        if (length == 2 && strncmp(file, "..", 2) == 0)
            plain.length = (size_t)(path_base(plain.data) - plain.data) - (plain.length > 1);
        else if (length != 1 || *file != '.')
            text_add(&plain, "%s%.*s", plain.length > 1 ? "/" : "", (int)length, file);
        plain.length += plain.length == 0;
        plain.data[plain.length] = '\0';
        file += length;
    }
    return text_take(&plain);
}

static bool is_listed(const char *file) {
    char *path = string_format("%s/%s", *file == '/' ? "" : compiled_in, file);
    char *name = plain_name(path);
    bool listed = strings_has(own_sources, name);
    for (size_t i = 0; i < own_sources->count && !listed; i++) {
        char *other = plain_name(own_sources->items[i]);
        listed = strcmp(name, other) == 0;
        free(other);
    }
    free(name);
    free(path);
    return listed;
}

bool symbols_is_own_source(const char *file) {
    if (own_sources)
        return file && is_listed(file);
    static const char *const systems[] = {"/usr/include/", "/usr/lib/", "/usr/lib64/"};
    char path[PATH_MAX];
    if (!file || !realpath(file, path) || access(path, R_OK) != 0)
        return false;
    for (size_t i = 0; i < sizeof systems / sizeof systems[0]; i++)
        if (string_starts(path, systems[i]))
            return false;
    return true;
}

bool symbols_is_library(const char *file) {
    return file && strstr(file, "lessons/lib/");
}

// Clang writes no .debug_aranges, so the compilation units are asked one by one.
static Dwarf_Die *unit_at(Dwfl_Module *module, Dwarf_Addr address, Dwarf_Addr *bias) {
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, bias));)
        if (dwarf_haspc(unit, address - *bias) > 0)
            return unit;
    return NULL;
}

static char *function_at(Dwarf_Die *unit, Dwarf_Addr address) {
    Dwarf_Die *scopes = NULL;
    int count = dwarf_getscopes(unit, address, &scopes);
    char *name = NULL;
    for (int i = 0; i < count && !name; i++) {
        int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
            name = string_copy(dwarf_diename(&scopes[i]));
    }
    free(scopes);
    return name;
}

// The compiler leaves out the directory in which it ran; what reads the name may run in another. Owned by the
// caller, NULL without a name.
static char *whole_name(Dwarf_Die *unit, const char *file) {
    Dwarf_Attribute attribute;
    const char *directory = file && *file != '/'
                                ? dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute))
                                : NULL;
    char *path = directory ? string_format("%s/%s", directory, file) : string_copy(file);
    if (!directory || strstr(path, "/../")) // which may lead through a link
        return path;
    char *name = plain_name(path);
    free(path);
    return name;
}

static bool find_line(struct symbols *symbols, uint64_t address, struct location *location) {
    Dwarf_Addr bias;
    Dwarf_Die *unit = unit_at(symbols->module, address, &bias);
    Dwarf_Line *line = unit ? dwarf_getsrc_die(unit, address - bias) : NULL;
    int number = 0, column = 0;
    char *file = line ? whole_name(unit, dwarf_linesrc(line, NULL, NULL)) : NULL;
    if (!symbols_is_own_source(file) || dwarf_lineno(line, &number) != 0 || number <= 0) {
        free(file);
        return false;
    }
    dwarf_linecol(line, &column);
    *location = (struct location){.file = file,
                                  .function = function_at(unit, address - bias),
                                  .line = number,
                                  .column = column};
    return true;
}

bool symbols_line(struct symbols *symbols, uint64_t address, struct location *location) {
    if (!address || !is_open(symbols))
        return false;
    struct known_line *known = &symbols->lines[address * 0x9E3779B97F4A7C15U >> 54];
    if (known->address != address) {
        location_free(&known->location);
        known->address = address;
        known->found = find_line(symbols, address, &known->location);
    }
    if (known->found)
        *location = (struct location){.file = string_copy(known->location.file),
                                      .function = string_copy(known->location.function),
                                      .line = known->location.line,
                                      .column = known->location.column};
    return known->found;
}

char *symbols_function(struct symbols *symbols, uint64_t address) {
    GElf_Off offset;
    GElf_Sym symbol;
    const char *name =
        symbols ? dwfl_module_addrinfo(symbols->module, address, &offset, &symbol, NULL, NULL, NULL)
                : NULL;
    return name && GELF_ST_TYPE(symbol.st_info) == STT_FUNC ? string_copy(name) : NULL;
}

uint64_t symbols_at_offset(struct symbols *symbols, uint64_t offset) {
    return is_open(symbols) ? symbols->bias + offset : 0;
}

// Names of variables

static bool type_of(Dwarf_Die *die, Dwarf_Die *type) {
    Dwarf_Attribute attribute;
    return dwarf_attr_integrate(die, DW_AT_type, &attribute) && dwarf_formref_die(&attribute, type);
}

// Types whose insides are the C library's business.
static bool is_opaque(const char *name) {
    static const char *const names[] = {"sem_t", "mtx_t", "cnd_t", "once_flag", "FILE"};
    if (!name)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return string_starts(name, "pthread_");
}

// Follows typedefs and qualifiers. False at an opaque type.
static bool peel(Dwarf_Die *type) {
    for (;;) {
        int tag = dwarf_tag(type);
        if (tag != DW_TAG_typedef && tag != DW_TAG_const_type && tag != DW_TAG_volatile_type &&
            tag != DW_TAG_atomic_type)
            return true;
        if (tag == DW_TAG_typedef && is_opaque(dwarf_diename(type)))
            return false;
        Dwarf_Die next;
        if (!type_of(type, &next))
            return false;
        *type = next;
    }
}

static uint64_t number_attribute(Dwarf_Die *die, unsigned name, uint64_t otherwise) {
    Dwarf_Attribute attribute;
    Dwarf_Word value;
    if (dwarf_attr_integrate(die, name, &attribute) && dwarf_formudata(&attribute, &value) == 0)
        return value;
    return otherwise;
}

static bool member_at(Dwarf_Die *type, uint64_t offset, Dwarf_Die *found, uint64_t *start) {
    Dwarf_Die child;
    if (dwarf_child(type, &child) != 0)
        return false;
    do {
        Dwarf_Die member_type;
        Dwarf_Word size;
        // Neighbouring bit-fields are one place in memory, which has no name of its own.
        if (dwarf_tag(&child) != DW_TAG_member || dwarf_hasattr(&child, DW_AT_bit_size) ||
            !type_of(&child, &member_type) || dwarf_aggregate_size(&member_type, &size) != 0)
            continue;
        uint64_t at = number_attribute(&child, DW_AT_data_member_location, 0);
        if (offset >= at && offset < at + size) {
            *found = child;
            *start = at;
            return true;
        }
    } while (dwarf_siblingof(&child, &child) == 0);
    return false;
}

static void name_inside(struct text *name, Dwarf_Die *variable, uint64_t offset) {
    Dwarf_Die type;
    if (!type_of(variable, &type))
        return;
    for (int depth = 0; depth < 16 && peel(&type); depth++) {
        int tag = dwarf_tag(&type);
        Dwarf_Die next;
        uint64_t start = 0;
        if (tag == DW_TAG_structure_type && member_at(&type, offset, &next, &start)) {
            if (dwarf_diename(&next))
                text_add(name, ".%s", dwarf_diename(&next));
            offset -= start;
            type_of(&next, &type);
        } else if (tag == DW_TAG_array_type && type_of(&type, &next)) {
            Dwarf_Word size;
            if (dwarf_aggregate_size(&next, &size) != 0 || size == 0)
                return;
            text_add(name, "[%llu]", (unsigned long long)(offset / size));
            offset %= size;
            type = next;
        } else {
            return;
        }
    }
}

static void collect_variables(struct symbols *symbols, Dwarf_Die *parent) {
    Dwarf_Die child;
    if (dwarf_child(parent, &child) != 0)
        return;
    do {
        int tag = dwarf_tag(&child);
        if (tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block)
            collect_variables(symbols, &child);
        if (tag != DW_TAG_variable)
            continue;
        Dwarf_Attribute attribute;
        Dwarf_Op *expression;
        size_t length;
        Dwarf_Die type;
        Dwarf_Word size;
        if (!dwarf_attr(&child, DW_AT_location, &attribute) ||
            dwarf_getlocation(&attribute, &expression, &length) != 0 || length != 1 ||
            expression[0].atom != DW_OP_addr || !type_of(&child, &type) ||
            dwarf_aggregate_size(&type, &size) != 0)
            continue;
        symbols->variables = memory_resize(symbols->variables, symbols->variable_count + 1,
                                           sizeof *symbols->variables);
        symbols->variables[symbols->variable_count++] =
            (struct variable){expression[0].number, size, child};
    } while (dwarf_siblingof(&child, &child) == 0);
}

// One without debug information, such as the explorer's own.
static char *object_symbol(const struct symbols *symbols, uint64_t address) {
    GElf_Off offset;
    GElf_Sym symbol;
    const char *name =
        dwfl_module_addrinfo(symbols->module, address, &offset, &symbol, NULL, NULL, NULL);
    bool inside = name && GELF_ST_TYPE(symbol.st_info) == STT_OBJECT && offset < symbol.st_size;
    return inside ? string_copy(name) : NULL;
}

char *symbols_variable(struct symbols *symbols, uint64_t address) {
    if (!is_open(symbols))
        return NULL;
    if (!symbols->variables_read) {
        Dwarf_Addr bias;
        for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(symbols->module, unit, &bias));)
            collect_variables(symbols, unit);
        symbols->variables_read = true;
    }
    uint64_t linked = address - symbols->bias;
    for (size_t i = 0; i < symbols->variable_count; i++) {
        struct variable *variable = &symbols->variables[i];
        const char *plain = dwarf_diename(&variable->die);
        if (!plain || linked < variable->address || linked >= variable->address + variable->size)
            continue;
        struct text name = {0};
        text_add(&name, "%s", plain);
        name_inside(&name, &variable->die, linked - variable->address);
        return text_take(&name);
    }
    return object_symbol(symbols, address);
}
