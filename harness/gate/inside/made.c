// What the compiler made of the file, in LLVM's intermediate representation: what it defines and calls under
// the names that the linker will see, whatever the text called them, and that every function is watched.
#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { SCRATCH = 512 };

struct made {
    struct gate *gate;
    struct strings watched; // attribute groups (#0) whose functions ThreadSanitizer instruments
    char function[SCRATCH]; // whose body is being read
    bool told;              // that something is refused, by the other views
    struct accesses accesses;
};

static int line_of(const struct gate *gate, const char *name) {
    return (int)json_integer_value(json_object_get(gate->mentions, name));
}

// The name behind `@`; also a quoted one, where \01 says that it is taken as it stands. False: no name.
static bool read_name(const char *at, char name[SCRATCH]) {
    if (!at || *at++ != '@')
        return false;
    bool quoted = *at == '"';
    at += quoted;
    if (quoted && string_starts(at, "\\01"))
        at += strlen("\\01");
    size_t length = strcspn(at, quoted ? "\"" : " (,=)");
    if (length >= SCRATCH)
        length = SCRATCH - 1;
    memcpy(name, at, length);
    name[length] = '\0';
    return length > 0;
}

// What the other views see sooner, and with its cause, unless they miss it.
static void refuse_after_all(const struct made *made, const char *function, const char *name,
                             char *message) {
    if (made->told)
        free(message);
    else
        refuse(made->gate, line_of(made->gate, function), name, message);
}

static void refuse_name(const struct made *made, const char *name, const char *what) {
    refuse_after_all(
        made, name, name,
        string_format("`%s` %s; give it a plain definition, or another name", name, what));
}

// A function of a header, also under the name that <tgmath.h> gives to each of its overloaded ones: _ZL, a
// length, the name and the types.
static bool is_of_header(const struct gate *gate, const char *name) {
    char plain[SCRATCH] = "";
    if (string_starts(name, "_ZL")) {
        char *at;
        unsigned long length = strtoul(name + strlen("_ZL"), &at, 10);
        if (length < strlen(at))
            copy_bounded(plain, sizeof plain, at, length);
    }
    return json_object_get(gate->inlined, *plain ? plain : name) != NULL;
}

// Of what the file defines itself.
static void look_at_definition(struct gate *gate, const char *name, bool exported) {
    const char *why = name_of_tools(name);
    if (strings_has(&gate->promised, name) || is_of_header(gate, name))
        return;
    if (strcmp(name, "main") == 0)
        refuse_if_it_links(gate, line_of(gate, name), name,
                           string_copy("an exercise must not define main: the driver (drive.c) has "
                                       "it; take it out"));
    else if (why)
        refuse(gate, line_of(gate, name), name,
               string_format("`%s` %s; take it out, or give it another name", name, why));
    else if (name_reserved(name))
        refuse(gate, line_of(gate, name), name,
               string_format("`%s` begins as names of the compiler and its tools do, which call "
                             "what has such a name; give it another one",
                             name));
    else if (!call_ownable(name, exported))
        refuse(gate, line_of(gate, name), name,
               string_format("`%s` is a function of the C library, and one of your own would be "
                             "called in its place by the driver and by the tools; give yours "
                             "another name",
                             name));
}

static void look_at_reference(const struct made *made, const char *name) {
    struct gate *gate = made->gate;
    if (string_starts(name, "llvm.")) {
        if (!name_intrinsic(name))
            refuse_after_all(
                made, name, name,
                string_format("`%s` is what the compiler makes of a built-in function that "
                              "reaches below C; take that call out",
                              name));
        return;
    }
    const char *why = name_of_tools(name);
    if (strings_has(&gate->promised, name) ||
        (!why && (call_allowed(name) || strings_has(&gate->calls, name))))
        return;
    why = why ? why : call_why_not(name);
    if (why)
        refuse(gate, line_of(gate, name), name,
               string_format("`%s` %s%s", name, why, strchr(why, ';') ? "" : "; take it out"));
    else
        refuse_if_it_links(gate, line_of(gate, name), name,
                           string_format("`%s` is not among the functions that this exercise may "
                                         "use; write what you need from it into your file, or ask "
                                         "for it to be allowed (calls in lesson.ini)",
                                         name));
}

// @name = [words] global|constant|alias|ifunc type …
static void look_at_global(struct made *made, const char *line) {
    struct gate *gate = made->gate;
    char name[SCRATCH];
    bool external = false, weak = false, local = false, odd = false;
    const char *at = strstr(line, " = ");
    if (!at || !read_name(line, name))
        return;
    for (at += strlen(" = "); *at; at += *at == ' ') {
        char word[32];
        size_t length = strcspn(at, " ");
        copy_bounded(word, sizeof word, at, length);
        at += length;
        if (strcmp(word, "global") == 0 || strcmp(word, "constant") == 0)
            break;
        external = external || name_listed("external extern_weak", word);
        weak = weak || name_listed("weak weak_odr linkonce linkonce_odr extern_weak", word);
        local = local || name_listed("private internal", word);
        if (name_listed("alias ifunc", word)) {
            odd = true;
            break;
        }
    }
    if (strncmp(name, "llvm.", strlen("llvm.")) == 0) {
        if (name_listed("llvm.global_ctors llvm.global_dtors", name))
            refuse_name(made, "constructor",
                        "makes a function run before or after everything else");
        return;
    }
    if (odd)
        refuse_name(made, name, "is a second name for something else (alias, ifunc)");
    if (weak)
        refuse_name(made, name, "is weak, so that something else may take its place");
    if (strstr(line, " section \""))
        refuse_name(made, name, "is put into a section of its own");
    // A string, an initial value, a static within a function: no name in C has a dot.
    bool unnamed = local && strchr(name, '.');
    if (external)
        look_at_reference(made, name);
    else if (!unnamed)
        look_at_definition(gate, name, !local);
}

// The attribute groups at the end of a line, `#0`. True: all that ThreadSanitizer needs is in one.
static bool is_watched(const struct made *made, const char *line) {
    for (const char *at = strstr(line, " #"); at; at = strstr(at + 1, " #")) {
        char group[32];
        copy_bounded(group, sizeof group, at + 1, 1 + strspn(at + 2, "0123456789"));
        if (strings_has(&made->watched, group))
            return true;
    }
    return false;
}

static void look_at_function(struct made *made, const char *line, bool defined) {
    struct gate *gate = made->gate;
    const char *at = strchr(line, '@');
    char name[SCRATCH];
    if (!read_name(at, name))
        return;
    char before[SCRATCH];
    copy_bounded(before, sizeof before, line, (size_t)(at - line));
    // pthread_cleanup_push() calls one that is.
    bool weak =
        strstr(before, " weak") || strstr(before, " linkonce") || strstr(before, "extern_weak");
    if (weak && (defined || !call_allowed(name)))
        refuse_name(made, name, "is weak, so that something else may take its place");
    if (!defined) {
        look_at_reference(made, name);
        return;
    }
    copy_bounded(made->function, sizeof made->function, name, strlen(name));
    accesses_enter(&made->accesses, name, line_of(gate, name));
    if (strstr(at, " section \""))
        refuse_name(made, name, "is put into a section of its own");
    if (!strstr(before, " available_externally"))
        look_at_definition(gate, name, !strstr(before, " internal"));
    if (!is_watched(made, at))
        refuse_after_all(
            made, name, name,
            string_format("ThreadSanitizer is switched off in `%s`, so that nobody could tell "
                          "whether it is right; take out what does so",
                          name));
}

// attributes #0 = { … }
static void read_group(struct made *made, const char *line) {
    const char *at = strstr(line, "attributes #");
    if (!at || !strstr(line, " sanitize_thread") ||
        strstr(line, " disable_sanitizer_instrumentation") || strstr(line, " naked"))
        return;
    at += strlen("attributes ");
    char group[32];
    copy_bounded(group, sizeof group, at, strcspn(at, " "));
    strings_add(&made->watched, group);
}

static void look_at_line(struct made *made, const char *line) {
    if (!made->told)
        accesses_line(made->gate, &made->accesses, line);
    if (string_starts(line, "module asm"))
        refuse_after_all(
            made, "", "asm",
            string_copy("the file has assembly outside of functions, which no tool can look "
                        "into; write it in C"));
    else if (line[0] == '@')
        look_at_global(made, line);
    else if (string_starts(line, "define "))
        look_at_function(made, line, true);
    else if (string_starts(line, "declare "))
        look_at_function(made, line, false);
    else if (line[0] == ' ' &&
             (strstr(line, " asm sideeffect ") || strstr(line, " asm \"") ||
              strstr(line, " asm inteldialect") || strstr(line, " asm alignstack")))
        refuse_after_all(
            made, made->function, "asm",
            string_format("`%s` has assembly in it, which no tool can look into; write it in C "
                          "(stdatomic.h has what processors can do)",
                          made->function));
}

static void each_line(struct made *made, const char *text,
                      void (*visit)(struct made *, const char *)) {
    struct text line = {0};
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        line.length = 0;
        text_add_bytes(&line, at, length);
        text_add_bytes(&line, "", 0);
        if (length)
            visit(made, line.data);
        at += length + (at[length] == '\n');
    }
    text_free(&line);
}

void made_look(struct gate *gate, const char *text) {
    struct made made = {.gate = gate, .told = gate->refusal_count > 0};
    each_line(&made, text, read_group); // they stand behind the functions
    each_line(&made, text, look_at_line);
    strings_free(&made.watched);
    accesses_free(&made.accesses);
}
