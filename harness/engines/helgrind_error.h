// One report of Helgrind, out of its XML.
#ifndef INTERLEAVE_HELGRIND_ERROR_H
#define INTERLEAVE_HELGRIND_ERROR_H

#include "stack.h"
#include "../symbols.h"

#include <libxml/tree.h>

enum { FRAMES_MOST = 12 }; // of a stack, as valgrind has it

// One <error>: its kind, and its stacks each with the sentence before it.
struct helgrind_error {
    char *kind;
    struct helgrind_stack {
        char *heading;
        struct stack stack;
        bool in_library; // the innermost frame is code that the program did not bring along
        bool own;        // some frame is the program's, or may be: the stack is cut off
    } stacks[8];
    size_t stack_count;
};

// Reads the error into `error`, which is all zero; `executable` is the program's. Columns are known with `symbols`.
void helgrind_error_read(struct helgrind_error *error, xmlNode *node, struct symbols *symbols,
                         const char *executable);
void helgrind_error_free(struct helgrind_error *error);

// One <stack>, added to `into`.
void helgrind_stack_read(struct helgrind_stack *into, xmlNode *stack, struct symbols *symbols,
                         const char *executable);

// The text of a child of that name, and the sentence of a <what> or <xwhat>; owned by the caller. NULL: there is none.
char *xml_content(xmlNode *parent, const char *name);
char *xml_sentence(xmlNode *node);

#endif
