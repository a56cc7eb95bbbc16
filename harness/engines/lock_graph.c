#include "lock_graph.h"

#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_CYCLE = 8 };

struct search {
    const json_t *edges, *threads;
    const json_t *path[LONGEST_CYCLE];
    size_t length;
    unsigned long steps; // a bound on the work, for graphs made to be slow
};

static json_int_t number(const json_t *json, const char *key) {
    return json_integer_value(json_object_get(json, key));
}

static json_int_t lock(const json_t *edge, const char *end) {
    return number(json_object_get(edge, end), "id");
}

static bool shared(const json_t *edge, const char *end) {
    return json_is_true(json_object_get(json_object_get(edge, end), "shared"));
}

static bool share_gate(const json_t *a, const json_t *b) {
    size_t i, k;
    json_t *gate, *other;
    json_array_foreach(json_object_get(a, "gates"), i, gate) {
        json_array_foreach(json_object_get(b, "gates"), k, other) {
            if (json_integer_value(gate) == json_integer_value(other))
                return true;
        }
    }
    return false;
}

static const json_t *life(const struct search *search, json_int_t thread) {
    size_t i;
    json_t *item;
    json_array_foreach(search->threads, i, item) {
        if (number(item, "number") == thread)
            return item;
    }
    return NULL;
}

// Edge `a` happens before thread `b` exists: its thread created `b` later, or was joined by the creator
// of `b` before that.
static bool over_before(const struct search *search, const json_t *a, json_int_t b) {
    const json_t *mine = life(search, number(a, "thread")), *other = life(search, b);
    if (!mine || !other || number(other, "created_at") == 0)
        return false;
    json_int_t created = number(other, "created_at");
    if (number(other, "creator") == number(a, "thread"))
        return number(a, "at") < created;
    return number(mine, "joined_at") != 0 && number(mine, "joined_at") < created &&
           number(mine, "joiner") == number(other, "creator");
}

// Could the two be held at the same moment?
static bool compatible(const struct search *search, const json_t *a, const json_t *b) {
    json_int_t first = number(a, "thread"), second = number(b, "thread");
    if (first == second || share_gate(a, b) || lock(a, "from") == lock(b, "from"))
        return false;
    return !over_before(search, a, second) && !over_before(search, b, first);
}

static bool blocks(const json_t *asks, const json_t *holds) {
    return lock(asks, "to") == lock(holds, "from") &&
           !(shared(asks, "to") && shared(holds, "from"));
}

static bool extend(struct search *search) {
    const json_t *last = search->path[search->length - 1];
    if (search->length > 1 && blocks(last, search->path[0]))
        return true;
    if (search->length == LONGEST_CYCLE || ++search->steps > 200000)
        return false;
    size_t i;
    json_t *edge;
    json_array_foreach(search->edges, i, edge) {
        bool fits = blocks(last, edge);
        for (size_t k = 0; fits && k < search->length; k++)
            fits = compatible(search, search->path[k], edge);
        if (!fits)
            continue;
        search->path[search->length++] = edge;
        if (extend(search))
            return true;
        search->length--;
    }
    return false;
}

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static char *place_of(const json_t *end) {
    const char *file = text(end, "file");
    const char *slash = file ? strrchr(file, '/') : NULL;
    return file ? string_format(" (%s:%lld)", slash ? slash + 1 : file,
                                (long long)number(end, "line"))
                : string_copy("");
}

static char *name_of(const json_t *end) {
    return text(end, "object") ? string_format("`%s`", text(end, "object")) : string_copy("a lock");
}

static void describe(const struct search *search, struct fault *fault) {
    struct text sentence = {0};
    for (size_t i = 0; i < search->length; i++) {
        const json_t *edge = search->path[i];
        const json_t *to = json_object_get(edge, "to"), *from = json_object_get(edge, "from");
        json_int_t thread = number(edge, "thread");
        char *name = thread ? string_format("T%lld", (long long)thread) : string_copy("main");
        char *wanted = name_of(to), *held = name_of(from), *to_at = place_of(to),
             *from_at = place_of(from);
        text_add(&sentence, "%s%s takes %s%s while it holds %s%s", i ? "; " : "", name, wanted,
                 to_at, held, from_at);
        char *takes = string_format("takes %s while it holds %s", wanted, held);
        char *first = string_format("took %s before", held);
        if (text(to, "file"))
            fault_place(fault, text(to, "file"), (int)number(to, "line"), text(to, "function"),
                        name, takes);
        if (text(from, "file"))
            fault_place(fault, text(from, "file"), (int)number(from, "line"),
                        text(from, "function"), name, first);
        free(takes);
        free(first);
        free(name);
        free(wanted);
        free(held);
        free(to_at);
        free(from_at);
    }
    text_add(&sentence, ": on another schedule each waits for the other.");
    free(fault->message);
    fault->message = text_take(&sentence);
}

enum lock_graph lock_graph_judge(const json_t *graph, struct fault *fault) {
    struct search search = {.edges = json_object_get(graph, "edges"),
                            .threads = json_object_get(graph, "threads")};
    if (!json_is_true(json_object_get(graph, "recorded")))
        return LOCKS_UNKNOWN;
    size_t i;
    json_t *edge;
    json_array_foreach(search.edges, i, edge) {
        search.path[0] = edge;
        search.length = 1;
        if (extend(&search)) {
            describe(&search, fault);
            return LOCKS_CYCLIC;
        }
    }
    return search.steps > 200000 ? LOCKS_UNKNOWN : LOCKS_ORDERED;
}
