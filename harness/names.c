#include "names.h"

#include "source.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct names {
    struct symbols *symbols;
    struct named {
        uint64_t address;
        char *name;
    } * items;
    size_t count;
};

struct names *names_new(struct symbols *symbols) {
    struct names *names = memory_zeroed(1, sizeof *names);
    names->symbols = symbols;
    return names;
}

void names_free(struct names *names) {
    if (!names)
        return;
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i].name);
    free(names->items);
    free(names);
}

static bool is_taken(const struct names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i].name, name) == 0)
            return true;
    return false;
}

// One line may use many objects, such as the locks of all nodes: the second is "node->lock (2)". Takes
// `name` over.
static char *set_apart(const struct names *names, char *name) {
    char *apart = string_copy(name);
    for (int number = 2; is_taken(names, apart); number++) {
        free(apart);
        apart = string_format("%s (%d)", name, number);
    }
    free(name);
    return apart;
}

const char *names_object(struct names *names, uint64_t address, const struct location *used_at) {
    if (!address)
        return NULL;
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].address == address)
            return names->items[i].name;
    char *name = symbols_variable(names->symbols, address);
    if (!name && used_at && used_at->file)
        name = source_argument(used_at->file, used_at->line);
    else
        used_at = NULL;
    if (!name)
        return NULL;
    if (used_at)
        name = set_apart(names, name);
    names->items = memory_resize(names->items, names->count + 1, sizeof *names->items);
    names->items[names->count] = (struct named){address, name};
    return names->items[names->count++].name;
}
