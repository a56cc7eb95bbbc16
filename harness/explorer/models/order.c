// Happens-before (C11 5.1.2.4): what one thread knows of another. A thread's own time moves on when it
// releases, so that what it does afterwards is not known to who acquires that.
#include "model.h"

void model_acquire(const struct object *object) {
    report_learns(self, &object->clock);
    clock_join(&self->clock, &object->clock);
}

void model_tick(void) {
    clock_set(&self->clock, self->number, clock_time(&self->clock, self->number) + 1);
}

void model_learn(const struct clock *clock) {
    report_learns(self, clock);
    clock_join(&self->clock, clock);
}

void model_tell(struct clock *clock) {
    clock_join(clock, &self->clock);
    model_tick();
}

void model_taught(const struct object *object) {
    (void)object; // its clock was joined then: since then the object may have learned more
}

void model_release(struct object *object) {
    clock_join(&object->clock, &self->clock);
    model_tick();
}

void model_release_alone(struct object *object) {
    clock_copy(&object->clock, &self->clock);
    model_tick();
}
