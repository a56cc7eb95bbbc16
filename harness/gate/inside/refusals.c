#include "inside.h"

#include <stdlib.h>
#include <string.h>

enum { REFUSALS_MOST = 50 };

static void add(struct gate *gate, int line, const char *name, char *message, bool if_it_links) {
    for (size_t i = 0; i < gate->refusal_count; i++) {
        const struct refusal *refusal = &gate->refusals[i];
        if (refusal->line == line && strcmp(refusal->name, name) == 0) {
            free(message);
            return;
        }
    }
    if (gate->refusal_count == REFUSALS_MOST) {
        free(message);
        return;
    }
    gate->refusals = memory_resize(gate->refusals, gate->refusal_count + 1, sizeof *gate->refusals);
    gate->refusals[gate->refusal_count++] =
        (struct refusal){line, string_copy(name), message, if_it_links};
}

void refuse(struct gate *gate, int line, const char *name, char *message) {
    add(gate, line, name, message, false);
}

void refuse_if_it_links(struct gate *gate, int line, const char *name, char *message) {
    add(gate, line, name, message, true);
}

void cannot_judge(struct gate *gate, char *trouble) {
    if (gate->trouble)
        free(trouble);
    else
        gate->trouble = trouble;
}

void copy_bounded(char *to, size_t size, const char *from, size_t length) {
    if (length > size - 1)
        length = size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}
