#include "lock_graph.h"

#include "../text.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_CYCLE = 64,
    MOST_STEPS = 2000000, // a bound on the work, for graphs made to be slow
    MOST_GATES = 64,
};

// An edge, read once from JSON: the search looks at each many times.
struct edge {
    const json_t *json;
    json_int_t from, to, thread, at;
    bool from_shared, to_shared;
    size_t gate_count;
    json_int_t gates[MOST_GATES];
    bool gate_shared[MOST_GATES];
};

struct life {
    json_int_t creator, created_at, joiner, joined_at;
};

struct search {
    struct edge *edges; // in the order of `from`
    size_t edge_count;
    struct life *lives; // by the thread's number
    size_t life_count;
    const struct edge *path[LONGEST_CYCLE];
    size_t length;
    unsigned long steps;
    bool cut; // not everything was looked at
};

static json_int_t number(const json_t *json, const char *key) {
    return json_integer_value(json_object_get(json, key));
}

static int by_from(const void *a, const void *b) {
    json_int_t left = ((const struct edge *)a)->from, right = ((const struct edge *)b)->from;
    return (left > right) - (left < right);
}

static void read_edge(struct edge *edge, const json_t *json) {
    const json_t *from = json_object_get(json, "from"), *to = json_object_get(json, "to");
    *edge = (struct edge){.json = json,
                          .from = number(from, "id"),
                          .to = number(to, "id"),
                          .thread = number(json, "thread"),
                          .at = number(json, "at"),
                          .from_shared = json_is_true(json_object_get(from, "shared")),
                          .to_shared = json_is_true(json_object_get(to, "shared"))};
    size_t i;
    json_t *gate;
    json_array_foreach(json_object_get(json, "gates"), i, gate) {
        if (edge->gate_count == MOST_GATES)
            break;
        edge->gate_shared[edge->gate_count] = json_is_true(json_object_get(gate, "shared"));
        edge->gates[edge->gate_count++] = number(gate, "id");
    }
}

static void read_graph(struct search *search, const json_t *graph) {
    const json_t *edges = json_object_get(graph, "edges");
    const json_t *threads = json_object_get(graph, "threads");
    size_t i;
    json_t *item;
    search->edges = memory_zeroed(json_array_size(edges), sizeof *search->edges);
    json_array_foreach(edges, i, item) {
        read_edge(&search->edges[search->edge_count++], item);
    }
    qsort(search->edges, search->edge_count, sizeof *search->edges, by_from);
    json_array_foreach(threads, i, item) {
        size_t index = (size_t)number(item, "number");
        if (index >= search->life_count) {
            search->lives = memory_resize(search->lives, index + 1, sizeof *search->lives);
            memset(search->lives + search->life_count, 0,
                   (index + 1 - search->life_count) * sizeof *search->lives);
            search->life_count = index + 1;
        }
        search->lives[index] = (struct life){number(item, "creator"), number(item, "created_at"),
                                             number(item, "joiner"), number(item, "joined_at")};
    }
}

// A lock that both hold keeps the two apart, unless both only read under it.
static bool share_gate(const struct edge *a, const struct edge *b) {
    for (size_t i = 0; i < a->gate_count; i++)
        for (size_t k = 0; k < b->gate_count; k++)
            if (a->gates[i] == b->gates[k] && !(a->gate_shared[i] && b->gate_shared[k]))
                return true;
    return false;
}

static const struct life *life(const struct search *search, json_int_t thread) {
    return thread >= 0 && (size_t)thread < search->life_count ? &search->lives[thread] : NULL;
}

// Edge `a` is over before edge `b` begins: the thread of `b` joined that of `a` before; or it did not exist
// yet, since the thread of `a`, or one that had joined it, created it later.
static bool over_before(const struct search *search, const struct edge *a, const struct edge *b) {
    const struct life *mine = life(search, a->thread), *other = life(search, b->thread);
    if (!mine || !other)
        return false;
    bool joined = mine->joined_at != 0;
    if (joined && mine->joiner == b->thread && mine->joined_at < b->at)
        return true;
    if (other->created_at == 0)
        return false;
    if (other->creator == a->thread)
        return a->at < other->created_at;
    return joined && mine->joined_at < other->created_at && mine->joiner == other->creator;
}

// Could the two be held at the same moment?
static bool compatible(const struct search *search, const struct edge *a, const struct edge *b) {
    if (a->thread == b->thread || a->from == b->from || share_gate(a, b))
        return false;
    return !over_before(search, a, b) && !over_before(search, b, a);
}

static bool blocks(const struct edge *asks, const struct edge *holds) {
    return asks->to == holds->from && !(asks->to_shared && holds->from_shared);
}

static size_t first_from(const struct search *search, json_int_t lock) {
    size_t low = 0, high = search->edge_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (search->edges[middle].from < lock)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Every cycle is looked for from its first edge in the array only.
static bool extend(struct search *search) {
    const struct edge *first = search->path[0], *last = search->path[search->length - 1];
    if (search->length > 1 && blocks(last, first))
        return true;
    if (search->length == LONGEST_CYCLE || search->steps > MOST_STEPS) {
        search->cut = true;
        return false;
    }
    for (size_t i = first_from(search, last->to);
         i < search->edge_count && search->edges[i].from == last->to; i++) {
        const struct edge *edge = &search->edges[i];
        bool fits = edge > first && blocks(last, edge);
        search->steps++;
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
    return file ? string_format(" (%s:%lld)", path_base(file), (long long)number(end, "line"))
                : string_copy("");
}

static char *name_of(const json_t *end) {
    return text(end, "object") ? string_format("`%s`", text(end, "object")) : string_copy("a lock");
}

static void add_place(struct fault *fault, const json_t *end, const char *thread, char *action) {
    if (text(end, "file"))
        fault_place(fault, text(end, "file"), (int)number(end, "line"), text(end, "function"),
                    thread, action);
    free(action);
}

static void describe(const struct search *search, struct fault *fault) {
    struct text sentence = {0};
    for (size_t i = 0; i < search->length; i++) {
        const struct edge *edge = search->path[i];
        const json_t *to = json_object_get(edge->json, "to");
        const json_t *from = json_object_get(edge->json, "from");
        char *name =
            edge->thread ? string_format("T%lld", (long long)edge->thread) : string_copy("main");
        char *wanted = name_of(to), *held = name_of(from);
        char *to_at = place_of(to), *from_at = place_of(from);
        text_add(&sentence, "%s%s takes %s%s while it holds %s%s", i ? "; " : "", name, wanted,
                 to_at, held, from_at);
        add_place(fault, to, name, string_format("takes %s while it holds %s", wanted, held));
        add_place(fault, from, name, string_format("took %s before", held));
        free(name);
        free(wanted);
        free(held);
        free(to_at);
        free(from_at);
    }
    text_add(&sentence, ": if these meet, each waits for the %s.",
             search->length > 2 ? "next" : "other");
    free(fault->message);
    fault->message = text_take(&sentence);
}

enum lock_graph lock_graph_judge(const json_t *graph, struct fault *fault) {
    if (!json_is_true(json_object_get(graph, "complete")))
        return LOCKS_UNKNOWN;
    struct search search = {0};
    read_graph(&search, graph);
    enum lock_graph result = LOCKS_ORDERED;
    for (size_t i = 0; i < search.edge_count && result == LOCKS_ORDERED; i++) {
        search.path[0] = &search.edges[i];
        search.length = 1;
        if (extend(&search))
            result = LOCKS_CYCLIC;
    }
    if (result == LOCKS_CYCLIC)
        describe(&search, fault);
    else if (search.cut)
        result = LOCKS_UNKNOWN;
    free(search.edges);
    free(search.lives);
    return result;
}
