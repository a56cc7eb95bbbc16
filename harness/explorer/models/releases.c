// Release sequences (C11 5.1.2.4p10): a release heads one, which goes on while the object is stored to by
// the same thread or modified by anyone. So read-modify-writes leave the sequences of several threads
// alive at once, and a store keeps its own thread's alone. A release fence makes the later relaxed
// operations of its thread heads too, of what it published (7.17.4).
#include "releases.h"

#include "arena.h"

struct head {
    const struct thread *thread;
    struct clock clock; // what its thread had published when it last headed one
};

struct heads {
    size_t room, count; // beyond count: unused, with clocks to be used again
    struct head *list;
};

static struct heads *heads_of(struct object *object) {
    if (!object->more)
        object->more = arena_take(sizeof(struct heads));
    return object->more;
}

static size_t find_own(const struct heads *heads) {
    size_t i = 0;
    while (i < heads->count && heads->list[i].thread != self)
        i++;
    return i;
}

static struct head *own_head(struct heads *heads) {
    size_t own = find_own(heads);
    if (own == heads->count) {
        heads->list = arena_grow(heads->list, &heads->room, own + 1, sizeof *heads->list);
        heads->list[own].thread = self;
        clock_clear(&heads->list[own].clock);
        heads->count++;
    }
    return &heads->list[own];
}

static void end_others(struct heads *heads) {
    size_t own = find_own(heads);
    if (own == heads->count) {
        heads->count = 0;
        return;
    }
    struct head first = heads->list[0];
    heads->list[0] = heads->list[own];
    heads->list[own] = first;
    heads->count = 1;
}

// What the calling thread publishes with this operation; NULL: nothing.
static const struct clock *published(bool publishes) {
    return publishes ? &self->clock : self->fenced.room ? &self->fenced : NULL;
}

void releases_store(struct object *object, bool publishes) {
    struct heads *heads = heads_of(object);
    end_others(heads);
    if (published(publishes))
        clock_join(&own_head(heads)->clock, published(publishes));
    if (heads->count)
        clock_copy(&object->clock, &heads->list[0].clock);
    else
        clock_clear(&object->clock);
    if (publishes)
        model_tick();
}

void releases_modify(struct object *object, bool publishes) {
    const struct clock *more = published(publishes);
    if (!more)
        return;
    clock_join(&own_head(heads_of(object))->clock, more);
    clock_join(&object->clock, more);
    if (publishes)
        model_tick();
}
