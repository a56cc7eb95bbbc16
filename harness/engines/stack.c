#include "stack.h"

#include "../source.h"
#include "../symbols.h"
#include "../text.h"

#include <stdlib.h>
#include <string.h>

void stack_add(struct stack *stack, const char *function, const char *file, int line, int column) {
    stack->frames = memory_resize(stack->frames, stack->count + 1, sizeof *stack->frames);
    stack->frames[stack->count++] =
        (struct frame){string_copy(function), string_copy(file), line, column};
}

void stack_add_address(struct stack *stack, struct symbols *symbols, uint64_t address) {
    struct location location = {0};
    if (!symbols_line(symbols, address, &location))
        location.function = symbols_function(symbols, address);
    stack_add(stack, location.function, location.file, location.line, location.column);
    location_free(&location);
}

void stack_free(struct stack *stack) {
    for (size_t i = 0; i < stack->count; i++) {
        free(stack->frames[i].function);
        free(stack->frames[i].file);
    }
    free(stack->frames);
    *stack = (struct stack){0};
}

const struct frame *stack_own(const struct stack *stack) {
    for (size_t i = 0; i < stack->count; i++)
        if (stack->frames[i].line > 0 && symbols_is_own_source(stack->frames[i].file))
            return &stack->frames[i];
    return NULL;
}

bool stack_place(const struct stack *stack, struct fault *fault, const char *thread,
                 const char *action) {
    const struct frame *frame = stack_own(stack);
    if (frame)
        fault_place(fault, frame->file, frame->line, frame->function, thread, action);
    return frame != NULL;
}

void stack_access(const struct stack *stack, struct access *access) {
    const struct frame *frame = stack_own(stack);
    if (!frame)
        return;
    access->file = string_copy(frame->file);
    access->function = string_copy(frame->function);
    access->line = frame->line;
    char *name = source_accessed(frame->file, frame->line, frame->column);
    access->name = name ? string_format("`%s`", name) : NULL;
    free(name);
}

char *stack_where(const struct stack *stack) {
    const struct frame *frame = stack_own(stack);
    if (!frame)
        return string_copy("somewhere");
    return string_format("%s:%d", path_base(frame->file), frame->line);
}
