// interleave-gate: looks at a student's file before anything of it runs, and refuses what could blind or
// forge the verdict of the tools. It reads a stranger's text, so it is a process of its own.
//
// Five views of the file, as each hides something from the others:
//   written.c    the tokens and the syntax tree of the file itself (libclang)
//   expanded.c   the text behind the preprocessor, where pasted names and pragmas are whole
//   disguise.c   whether that text is the same for each of the tools
//   made.c       what the compiler made of it: LLVM's intermediate representation
//   accesses.c   whether ThreadSanitizer can watch each access that is made in it
// and the tables that they read: names.c (words), calls.c (functions).
#ifndef INTERLEAVE_GATE_INSIDE_H
#define INTERLEAVE_GATE_INSIDE_H

#include "../../text.h"

#include <jansson.h>

enum build { BUILD_PLAIN, BUILD_THREAD, BUILD_ADDRESS, BUILDS };

struct refusal {
    int line; // of the student's file; 0: the file as a whole
    char *name, *message;
    bool if_it_links; // else the linker's words say it better
};

struct gate {
    // As told:
    const char *source, *compiler, *only;
    char *lesson;         // directory of the exercise, whose headers are trusted
    struct strings calls; // allowed beside those of the table
    struct strings flags[BUILDS];
    // What is found:
    struct refusal *refusals;
    size_t refusal_count;
    char *trouble; // why the file cannot be judged, or NULL
    bool compiles;
    bool asks;               // it has words by which the preprocessor could be asked for a tool
    struct strings promised; // functions and objects that trusted headers declare
    json_t *inlined;         // functions that headers of the system define
    json_t *mentions;        // name -> line, of what the file defines, uses or declares
};

// At most `size` bytes with the terminator.
void copy_bounded(char *to, size_t size, const char *from, size_t length);

// Takes the message over. The same name is refused once a line.
void refuse(struct gate *gate, int line, const char *name, char *message);
void refuse_if_it_links(struct gate *gate, int line, const char *name, char *message);
// The first trouble stays; takes the sentence over.
void cannot_judge(struct gate *gate, char *trouble);

// What the compiler wrote, bounded, each time it was called.
enum { EXPANDED_PLAIN = BUILD_PLAIN, EXPANDED_THREAD, EXPANDED_ADDRESS, MADE, OUTPUTS };
struct output {
    struct text text;
    bool ok; // it ended with status 0
};
// Both at once.
void compiler_run(struct gate *gate, struct output outputs[OUTPUTS], int one, int other);

void written_look(struct gate *gate);
void expanded_look(struct gate *gate, const struct text *text);
void disguise_look(struct gate *gate, const struct output *outputs);
void made_look(struct gate *gate, const char *text);

// What ThreadSanitizer leaves out of what the compiler made, line by line.
struct accesses {
    char function[512];
    int line;                 // where the function begins
    struct strings constants; // @name of the file's
    // Of this function: all local variables, those of a size that is left out, those of them that are
    // loaded or stored, and those whose address goes somewhere.
    struct strings locals, odd, used, handed;
};
void accesses_enter(struct accesses *accesses, const char *function, int line);
void accesses_line(struct gate *gate, struct accesses *accesses, const char *line);
void accesses_free(struct accesses *accesses);

// Tables

// Whether the name is among the words of a list; one that ends in `*` stands for all that begin so.
bool name_listed(const char *list, const char *name);
// A part of the tools' own interface: why nobody else may use the name; NULL: it is none.
const char *name_of_tools(const char *name);
// Reserved for the compiler and its library: `__x`, `_X`.
bool name_reserved(const char *name);
// Of a macro whose reserved name is meant to be defined by programs: _GNU_SOURCE and its kind.
bool name_feature_test(const char *name);
bool name_header(const char *name);
bool name_builtin(const char *name);
bool name_intrinsic(const char *name); // llvm.*
bool name_attribute(const char *name);
// Whether the text of a string tells of the tools or of the process's own files.
bool name_telltale(const char *text);

// Whether each exercise may call (or read) it.
bool call_allowed(const char *name);
// Why it may not be called: what it does, and what to do instead; NULL: it has no row of its own.
const char *call_why_not(const char *name);
// Whether a program may define a function or an object of that name: the tools, the driver and the compiler
// rely on some of the C library's.
bool call_ownable(const char *name, bool exported);

#endif
