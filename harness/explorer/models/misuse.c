#include "model.h"

#include <string.h>
#include <time.h>

_Noreturn void model_misused(const struct object *object, uint32_t place, const char *rule) {
    report_fault("lock-misuse");
    report_object("object", object);
    report_part(self->number, place, rule, object, true);
    if (object->owner && object->owner != self)
        report_part(object->owner->number, object->since, "has locked it", object, false);
    report_fault_end();
    report_end(END_FAULT, 0);
}

// A static initialiser makes an object anew without a call, and takes this mark away. A mutex has one of
// the C library's own.
static const unsigned char mark[8] = {0xde, 0xad, 0xde, 0xad, 0xde, 0xad, 0xde, 0xad};

static bool is_marked(enum object_kind kind) {
    return kind == OBJECT_CONDITION || kind == OBJECT_RWLOCK;
}

void model_end_life(void *address, enum object_kind kind, uint32_t place) {
    object_end(address, self->number, place);
    if (is_marked(kind))
        memcpy(address, mark, sizeof mark);
}

void model_check_life(const void *address, enum object_kind kind, uint32_t place) {
    struct object *object = object_find(address, OBJECT_NONE);
    if (!object || object->was != kind ||
        (is_marked(kind) && memcmp(address, mark, sizeof mark) != 0))
        return;
    object->kind = kind; // by which it is told of
    report_fault("lock-misuse");
    report_object("object", object);
    report_part(self->number, place, "uses it too late", object, true);
    report_part(object->ended_by, object->ended, "had destroyed it before", object, false);
    report_fault_end();
    report_end(END_FAULT, 0);
}
