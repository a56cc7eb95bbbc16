// Streams (POSIX flockfile, C11 7.21.2): each has a recursive lock, which every call on it takes for its
// duration. Only one thread runs, so the real lock is never needed; the model's is, between flockfile and
// funlockfile. In what order threads print to standard output matters where the output is judged: then
// each call is a choice. So is one on a stream of the program's own that another thread uses as well,
// from the second schedule on. Otherwise it is only noted, unless another thread holds the stream.
#include "stream.h"

#include "model.h"
#include "settings.h"
#include "shadow.h"
#include "transfer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct object *stream_of(FILE *stream) {
    struct object *object = object_at(stream, OBJECT_STREAM);
    object->value = fileno(stream);
    return object;
}

static bool is_free(const struct thread *thread) {
    const struct object *object = thread->operation.object;
    return !object->owner || object->owner == thread;
}

static bool is_judged(int fd) {
    return settings.expected && fd == STDOUT_FILENO;
}

// `limit` and `type` of a stream's object: the thread that used it last, and where.
static bool is_shared(struct object *object, uint32_t place) {
    if (object->value == STDOUT_FILENO || object->value == STDERR_FILENO)
        return false;
    if (object->limit && object->limit != self->number + 1) {
        report_race_site((uint32_t)object->type);
        report_race_site(place);
    }
    object->limit = self->number + 1;
    object->type = (int)place;
    return report_is_race_site(place);
}

void stream_used(FILE *stream, const char *name, uint32_t place) {
    struct object *object = stream_of(stream);
    const bool judged = is_judged((int)object->value) || is_shared(object, place);
    const struct operation operation = {.name = name,
                                        .wait = "stream",
                                        .object = object,
                                        .ready = is_free,
                                        .reads = !judged,
                                        .place = place};
    if (judged || (object->owner && object->owner != self))
        schedule_visit(&operation);
    else
        schedule_note(&operation);
}

bool stream_written(int fd, uint32_t place) {
    if (!is_judged(fd))
        return false;
    const struct operation operation = {
        .name = "prints to", .object = stream_of(stdout), .place = place};
    schedule_visit(&operation);
    return true;
}

// Printing

#define USES(stream, does) \
    if (MODELLED) \
    stream_used(stream, does, PLACE_HERE)

#define READS(address, size) \
    if (MODELLED) \
    shadow_access((uintptr_t)(address), size, ACCESS_READ, PLACE_HERE)

WRAP(int, vfprintf, FILE *stream, const char *format, va_list list) {
    USES(stream, "prints to");
    return vfprintf(stream, format, list);
}

WRAP(int, vprintf, const char *format, va_list list) {
    USES(stdout, "prints to");
    return vprintf(format, list);
}

WRAP(int, fprintf, FILE *stream, const char *format, ...) {
    va_list list;
    USES(stream, "prints to");
    va_start(list, format);
    int result = vfprintf(stream, format, list);
    va_end(list);
    return result;
}

WRAP(int, printf, const char *format, ...) {
    va_list list;
    USES(stdout, "prints to");
    va_start(list, format);
    int result = vprintf(format, list);
    va_end(list);
    return result;
}

WRAP(int, puts, const char *text) {
    USES(stdout, "prints to");
    READS(text, strlen(text) + 1);
    return puts(text);
}

WRAP(int, fputs, const char *text, FILE *stream) {
    USES(stream, "prints to");
    READS(text, strlen(text) + 1);
    return fputs(text, stream);
}

WRAP(int, putchar, int character) {
    USES(stdout, "prints to");
    return putchar(character);
}

WRAP(int, fputc, int character, FILE *stream) {
    USES(stream, "prints to");
    return fputc(character, stream);
}

WRAP(int, putc, int character, FILE *stream) {
    USES(stream, "prints to");
    return putc(character, stream);
}

WRAP(size_t, fwrite, const void *items, size_t size, size_t count, FILE *stream) {
    USES(stream, "prints to");
    READS(items, size * count);
    return fwrite(items, size, count, stream);
}

// Reading

#define WRITES(address, size) \
    if (MODELLED && (address)) \
    shadow_access((uintptr_t)(address), size, ACCESS_WRITE, PLACE_HERE)

WRAP(char *, fgets, char *line, int room, FILE *stream) {
    USES(stream, "reads");
    char *result = fgets(line, room, stream);
    WRITES(result, strlen(result) + 1);
    return result;
}

WRAP(size_t, fread, void *items, size_t size, size_t count, FILE *stream) {
    USES(stream, "reads");
    size_t result = fread(items, size, count, stream);
    WRITES(result ? items : NULL, size * result);
    return result;
}

WRAP(int, fgetc, FILE *stream) {
    USES(stream, "reads");
    return fgetc(stream);
}

WRAP(int, getc, FILE *stream) {
    USES(stream, "reads");
    return getc(stream);
}

WRAP(int, getchar, void) {
    USES(stdin, "reads");
    return getchar();
}

WRAP(int, fclose, FILE *stream) {
    USES(stream, "closes");
    if (MODELLED)
        object_forget(stream); // another may lie there next
    return fclose(stream);
}

WRAP(int, fflush, FILE *stream) {
    if (stream)
        USES(stream, "flushes");
    return fflush(stream);
}

static int print_at(int fd, const char *format, va_list list, uint32_t place) {
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char text[length > 0 ? length + 1 : 1];
    vsnprintf(text, sizeof text, format, list);
    return length < 0 ? length : (int)transfer_write(fd, text, (size_t)length, place);
}

WRAP(int, vdprintf, int fd, const char *format, va_list list) {
    return MODELLED ? print_at(fd, format, list, PLACE_HERE) : vdprintf(fd, format, list);
}

WRAP(int, dprintf, int fd, const char *format, ...) {
    va_list list;
    va_start(list, format);
    int result = MODELLED ? print_at(fd, format, list, PLACE_HERE) : vdprintf(fd, format, list);
    va_end(list);
    return result;
}

// The lock

static void taken(struct object *object, uint32_t place) {
    if (object->depth++)
        return;
    object->owner = self;
    object->since = place;
    thread_hold(object, place, false);
    model_acquire(object);
    schedule_changed(object);
}

WRAP(void, flockfile, FILE *stream) {
    if (!MODELLED) {
        flockfile(stream);
        return;
    }
    struct object *object = stream_of(stream);
    const struct operation operation = {
        .name = "locks", .wait = "stream", .object = object, .ready = is_free, .place = PLACE_HERE};
    schedule_visit(&operation);
    taken(object, operation.place);
}

WRAP(int, ftrylockfile, FILE *stream) {
    if (!MODELLED)
        return ftrylockfile(stream);
    struct object *object = stream_of(stream);
    const struct operation operation = {
        .name = "tries to lock", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner && object->owner != self) {
        schedule_idle(EBUSY);
        return EBUSY;
    }
    taken(object, operation.place);
    return 0;
}

WRAP(void, funlockfile, FILE *stream) {
    if (!MODELLED) {
        funlockfile(stream);
        return;
    }
    struct object *object = stream_of(stream);
    const struct operation operation = {.name = "unlocks", .object = object, .place = PLACE_HERE};
    schedule_visit(&operation);
    if (object->owner != self)
        model_misused(object, operation.place,
                      object->owner ? "unlocks it, though another thread holds it"
                                    : "unlocks it, though nobody holds it");
    if (--object->depth)
        return;
    object->owner = NULL;
    thread_release(object);
    model_release_alone(object);
    schedule_changed(object);
}
