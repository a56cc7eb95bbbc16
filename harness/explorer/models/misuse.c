#include "model.h"

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

void model_check_life(const void *address, enum object_kind kind, uint32_t place) {
    struct object *object = object_find(address, OBJECT_NONE);
    if (!object || object->was != kind)
        return;
    object->kind = kind; // by which it is told of
    report_fault("lock-misuse");
    report_object("object", object);
    report_part(self->number, place, "uses it too late", object, true);
    report_part(object->ended_by, object->ended, "had destroyed it before", object, false);
    report_fault_end();
    report_end(END_FAULT, 0);
}
