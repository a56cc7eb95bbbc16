// Accesses that ThreadSanitizer's instrumentation leaves out, though C has a race there: of sizes for which it
// has no call (10 bytes of a long double, 3 of a packed bit-field, 32 of a vector), and through an address
// that was computed from a constant's.
#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 128 };

static size_t name_length(const char *at) {
    return 1 + strcspn(at + 1, " ,()*\n");
}

// Of a type as LLVM writes it, in bits as they are stored; 0: of a kind that is always watched.
static size_t bits_of(const char *type) {
    static const struct {
        const char *type;
        size_t bits;
    } named[] = {{"x86_fp80", 80}, {"half", 16},   {"bfloat", 16},    {"float", 32},
                 {"double", 64},   {"fp128", 128}, {"ppc_fp128", 128}};
    if (*type == '<') {
        char *at;
        size_t count = strtoul(type + 1, &at, 10);
        return string_starts(at, " x ") ? count * bits_of(at + strlen(" x ")) : 0;
    }
    size_t length = strcspn(type, " ,>");
    if (string_starts(type + length, " (")) // of a pointer to a function, its result
        return 64;
    if (type[length - (length > 0)] == '*')
        return strchr(" ,", type[length]) ? 0 : 64; // of a vector
    if (*type == 'i')
        return (strtoul(type + 1, NULL, 10) + 7) / 8 * 8;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (strlen(named[i].type) == length && strncmp(type, named[i].type, length) == 0)
            return named[i].bits;
    return 0;
}

static bool is_left_out(const char *type) {
    size_t bits = bits_of(type);
    return bits > 64 ? bits != 128 : (bits & (bits - 1)) != 0;
}

// The local variable, or the value, that the text begins with. False: it begins with something else.
static bool read_local(const char *at, char name[NAME_MOST]) {
    if (*at != '%')
        return false;
    copy_bounded(name, NAME_MOST, at, name_length(at));
    return true;
}

static void refuse_size(struct gate *gate, const struct accesses *accesses) {
    refuse(gate, accesses->line, accesses->function,
           string_format("`%s` uses a value of a size that ThreadSanitizer does not watch (a long "
                         "double, a long vector, bit-fields of 3 bytes), where other threads could "
                         "use it, too; give it a type of 1, 2, 4, 8 or 16 bytes, such as double",
                         accesses->function));
}

// Whatever else is done with an odd local than loading and storing it may hand it to another thread.
static void look_for_locals(struct accesses *accesses, const char *line, const char *pointer) {
    for (const char *at = strchr(line, '%'); at; at = strchr(at + 1, '%')) {
        char name[NAME_MOST];
        if (at != pointer && read_local(at, name) && strings_has(&accesses->odd, name))
            strings_add(&accesses->handed, name);
    }
}

static void look_at_access(struct gate *gate, struct accesses *accesses, const char *type,
                           const char *pointer) {
    char name[NAME_MOST];
    if (!is_left_out(type))
        return;
    if (!read_local(pointer, name) || !strings_has(&accesses->locals, name))
        refuse_size(gate, accesses);
    else if (*type != 'i') // such a local is the compiler's, to hand on a small struct
        strings_add(&accesses->used, name);
}

// load [volatile] TYPE, TYPE* POINTER, align N        store [volatile] TYPE VALUE, TYPE* POINTER, align N
static const char *pointer_of(const char *line) {
    const char *end = strstr(line, ", align "), *at = end;
    while (at && at > line && !(at[0] == '*' && at[1] == ' '))
        at--;
    const char *cast = strstr(line, "* bitcast (");
    at = cast ? cast : at;
    return at && at > line ? at + 2 : NULL;
}

static void look_at_distance(struct gate *gate, const struct accesses *accesses, const char *line) {
    const char *at = strstr(line, "* @");
    char name[NAME_MOST];
    if (!at)
        return;
    at += strlen("* ");
    copy_bounded(name, sizeof name, at, name_length(at));
    const char *index = strstr(at, ", i64 %");
    bool only = index == at + strlen(name) && !strchr(index + 1, ',');
    if (only && strings_has(&accesses->constants, name))
        refuse(gate, accesses->line, name + 1,
               string_format("`%s` is a constant, and an address is computed from its own here, "
                             "through which nobody watches what is read; use the object by its "
                             "name or a pointer to it",
                             name + 1));
}

void accesses_enter(struct accesses *accesses, const char *function, int line) {
    copy_bounded(accesses->function, sizeof accesses->function, function, strlen(function));
    accesses->line = line;
}

static void leave(struct gate *gate, struct accesses *accesses) {
    bool shared = false;
    for (size_t i = 0; i < accesses->used.count; i++)
        shared = shared || strings_has(&accesses->handed, accesses->used.items[i]);
    if (shared)
        refuse_size(gate, accesses);
    strings_free(&accesses->locals);
    strings_free(&accesses->odd);
    strings_free(&accesses->used);
    strings_free(&accesses->handed);
}

void accesses_line(struct gate *gate, struct accesses *accesses, const char *line) {
    if (line[0] == '@') {
        char name[NAME_MOST];
        copy_bounded(name, sizeof name, line, name_length(line));
        if (strstr(line, " constant "))
            strings_add(&accesses->constants, name);
        return;
    }
    if (line[0] == '}')
        leave(gate, accesses);
    if (line[0] != ' ')
        return;
    const char *local = line + strspn(line, " "), *is = strstr(local, " = ");
    const char *what = *local == '%' && is ? is + strlen(" = ") : local;
    const char *pointer = NULL;
    char name[NAME_MOST];
    if (string_starts(what, "alloca ")) {
        if (read_local(local, name)) {
            strings_add(&accesses->locals, name);
            if (is_left_out(what + strlen("alloca ")))
                strings_add(&accesses->odd, name);
        }
        return;
    }
    if (string_starts(what, "load ") || string_starts(what, "store ")) {
        const char *type = strchr(what, ' ') + 1;
        type += string_starts(type, "volatile ") ? strlen("volatile ") : 0;
        pointer = pointer_of(what);
        if (pointer && !string_starts(type, "atomic "))
            look_at_access(gate, accesses, type, pointer);
    } else if (string_starts(what, "getelementptr ")) {
        look_at_distance(gate, accesses, what);
    }
    look_for_locals(accesses, line, pointer);
}

void accesses_free(struct accesses *accesses) {
    strings_free(&accesses->constants);
    strings_free(&accesses->locals);
    strings_free(&accesses->odd);
    strings_free(&accesses->used);
    strings_free(&accesses->handed);
}
