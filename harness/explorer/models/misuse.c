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
