// A call stack as a tool reports it, innermost call first.
#ifndef INTERLEAVE_STACK_H
#define INTERLEAVE_STACK_H

#include "access.h"

#include <stdbool.h>
#include <stdint.h>

struct frame {
    char *function, *file; // owned
    int line;
    int column; // 0: not known
};

struct stack {
    struct frame *frames;
    size_t count;
};

void stack_add(struct stack *stack, const char *function, const char *file, int line, int column);
// The frame of the code at that address. `symbols` may be NULL: nothing is known then.
struct symbols;
void stack_add_address(struct stack *stack, struct symbols *symbols, uint64_t address);
void stack_free(struct stack *stack);
// The innermost frame that lies in the program's own source; NULL when there is none.
const struct frame *stack_own(const struct stack *stack);
// Adds the place of that frame to the fault; false when there is none.
bool stack_place(const struct stack *stack, struct fault *fault, const char *thread,
                 const char *action);

// Completes an access with the place of that frame, and what the source calls the memory there.
void stack_access(const struct stack *stack, struct access *access);

// "broken.c:12" of that frame, or "somewhere"; owned by the caller.
char *stack_where(const struct stack *stack);

#endif
