#include "conductor.h"

#include "../fault.h"
#include "../process.h"
#include "../tasks.h"
#include "pair.h"
#include "progress.h"
#include "queue.h"
#include "record.h"
#include "store.h"
#include "worklist.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

enum {
    TRIES = 3,            // of a pair, before it is for a person
    PAIR_MINUTES = 30,    // after which something of ours hangs
    GRACE_MS = 10000,     // for a pair to end in, when it is told to
    SAID_MOST = 64 << 10, // bytes of what a pair says
};

struct conductor;

// One of the processes.
struct slot {
    struct conductor *conductor;
    bool busy, lives, timed_out;
    struct queued item;
    uv_process_t process;
    uv_pipe_t said_pipe;
    uv_timer_t guard;
    struct text said;
    char buffer[4096];
    int open_handles;
    int64_t status;
    int signal_number;
    char *work;
    unsigned started; // how many pairs so far
};

struct conductor {
    struct grading *grading;
    struct queue queue;
    struct slot *slots;
    json_t *terms; // of the worklist: sandbox, unsafe, seeds, harness
    uv_loop_t loop;
    char *objects;
    char *problem; // why no further pair is started
    bool stopping;
};

static void start_next(struct slot *slot);

// Ending

static void signal_pairs(struct conductor *conductor, int number) {
    for (unsigned i = 0; i < conductor->grading->jobs; i++)
        if (conductor->slots[i].lives)
            uv_process_kill(&conductor->slots[i].process, number);
}

static void kill_slot(uv_timer_t *timer) {
    struct slot *slot = timer->data;
    slot->timed_out = true;
    if (slot->lives)
        uv_process_kill(&slot->process, SIGKILL);
}

// Each pair is told, and ended when it does not listen.
static void stop(struct conductor *conductor) {
    if (conductor->stopping)
        return;
    conductor->stopping = true;
    signal_pairs(conductor, SIGTERM);
    for (unsigned i = 0; i < conductor->grading->jobs; i++)
        if (conductor->slots[i].busy && !uv_is_closing((uv_handle_t *)&conductor->slots[i].guard))
            uv_timer_start(&conductor->slots[i].guard, kill_slot, GRACE_MS, 0);
}

static void told_to_stop(uv_signal_t *handle, int number) {
    struct conductor *conductor = handle->data;
    conductor->grading->stopped_by = number;
    stop(conductor);
}

static bool is_pair(void *context, pid_t pid) {
    const struct conductor *conductor = context;
    for (unsigned i = 0; i < conductor->grading->jobs; i++)
        if (conductor->slots[i].lives && conductor->slots[i].process.pid == pid)
            return true;
    return false;
}

// A pair has ended

// False: there is none.
static bool count_record(struct slot *slot) {
    struct grading *grading = slot->conductor->grading;
    json_t *record = record_read(grading->out, slot->item.key);
    enum ruling ruling = ruling_named(json_string_value(json_object_get(record, "verdict")));
    json_decref(record);
    grading->rulings[ruling] += ruling != RULING_NONE;
    grading->done += ruling != RULING_NONE;
    return ruling != RULING_NONE;
}

// No pair could write it, so the conductor does.
static char *write_unjudged(const struct slot *slot, const char *reason) {
    const struct conductor *conductor = slot->conductor;
    struct text line = {0};
    text_add_line(&line, reason);
    json_t *record =
        json_pack("{s:i, s:s, s:i, s:s, s:s, s:o, s:O, s:O, s:[], s:n, s:n, s:f, s:f}", "record", 1,
                  "key", slot->item.key, "lesson", (int)slot->item.lesson, "submission",
                  slot->item.submission, "verdict", ruling_words[RULING_UNJUDGED], "reason",
                  json_of_text(line.data), "sandbox", json_object_get(conductor->terms, "sandbox"),
                  "unsafe", json_object_get(conductor->terms, "unsafe"), "judgements", "replay",
                  "evidence", "seconds", 0.0, "cpu", 0.0);
    json_t *lessons = json_object_get(conductor->terms, "lessons"), *lesson;
    size_t i;
    json_array_foreach(lessons, i, lesson) {
        if (json_integer_value(json_object_get(lesson, "lesson")) == slot->item.lesson)
            json_object_set(record, "slug", json_object_get(lesson, "slug"));
    }
    char *problem = record_write(conductor->grading->out, slot->item.key, record);
    json_decref(record);
    text_free(&line);
    return problem;
}

static char *reason_of(const struct slot *slot) {
    if (slot->timed_out)
        return string_format("judging took longer than %d minutes; see what it does", PAIR_MINUTES);
    if (slot->signal_number)
        return string_format("the process that judged it was ended by signal %d",
                             slot->signal_number);
    if (slot->said.length)
        return string_format("%.*s", (int)strcspn(slot->said.data, "\n"), slot->said.data);
    return string_format("the process that judged it ended with status %d", (int)slot->status);
}

// No further pair can be judged.
static void give_up(struct conductor *conductor, char *problem) {
    if (conductor->problem)
        free(problem);
    else
        conductor->problem = problem;
    stop(conductor);
}

// Another try, or the last word.
static void try_again(struct slot *slot) {
    struct conductor *conductor = slot->conductor;
    char *reason = reason_of(slot), *problem = NULL;
    if (++slot->item.tries < TRIES)
        queue_add(&conductor->queue, &slot->item);
    else
        problem = write_unjudged(slot, reason);
    if (problem)
        give_up(conductor, problem);
    else if (slot->item.tries == TRIES)
        count_record(slot);
    free(reason);
}

static void conclude(struct slot *slot) {
    bool ended = !slot->signal_number;
    if (ended && slot->status == PAIR_DONE && count_record(slot))
        return;
    if (ended && (slot->status == PAIR_FULL || slot->status == PAIR_CHANGED))
        give_up(slot->conductor, reason_of(slot));
    else if (!slot->conductor->stopping)
        try_again(slot);
}

static void slot_closed(uv_handle_t *handle) {
    struct slot *slot = handle->data;
    struct conductor *conductor = slot->conductor;
    if (--slot->open_handles)
        return;
    tasks_end_children(is_pair, conductor);
    if (!conductor->grading->keep)
        directory_remove(slot->work);
    free(slot->work);
    conclude(slot);
    text_free(&slot->said);
    slot->busy = false;
    progress_grading(conductor->grading);
    start_next(slot);
}

static void pair_exited(uv_process_t *process, int64_t status, int signal_number) {
    struct slot *slot = process->data;
    slot->lives = false;
    slot->status = status;
    slot->signal_number = signal_number;
    uv_timer_stop(&slot->guard);
    // What it has left behind may hold its standard error open.
    if (!uv_is_closing((uv_handle_t *)&slot->said_pipe) && (signal_number || status))
        tasks_end_children(is_pair, slot->conductor);
    uv_close((uv_handle_t *)&slot->guard, slot_closed);
    uv_close((uv_handle_t *)process, slot_closed);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct slot *slot = handle->data;
    *buffer = uv_buf_init(slot->buffer, sizeof slot->buffer);
}

static void pair_said(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    struct slot *slot = stream->data;
    if (count < 0)
        uv_close((uv_handle_t *)stream, slot_closed);
    else if (slot->said.length + (size_t)count <= SAID_MOST)
        text_add_bytes(&slot->said, buffer->base, (size_t)count);
}

// Starting

static char *spec_of(const struct slot *slot) {
    const struct conductor *conductor = slot->conductor;
    const struct grading *grading = conductor->grading;
    json_t *spec = json_pack("{s:i, s:s, s:s, s:s, s:s, s:i, s:s?, s:s, s:s, s:b, s:b}", "parent",
                             (int)getpid(), "out", grading->out, "lessons", grading->home->lessons,
                             "key", slot->item.key, "submission", slot->item.submission, "lesson",
                             (int)slot->item.lesson, "private", grading->private, "work",
                             slot->work, "objects", conductor->objects, "last",
                             slot->item.tries + 1 == TRIES, "keep", (int)grading->keep);
    for (const char *const *key =
             (const char *const[]){"sandbox", "unsafe", "seeds", "harness", NULL};
         *key; key++)
        json_object_set(spec, *key, json_object_get(conductor->terms, *key));
    char *text = json_dumps(spec, JSON_COMPACT);
    json_decref(spec);
    return text;
}

static void start_pair(struct slot *slot) {
    struct conductor *conductor = slot->conductor;
    slot->work = string_format("%s/pair-%zu-%u", conductor->grading->home->work,
                               (size_t)(slot - conductor->slots) + 1, ++slot->started);
    slot->busy = true;
    slot->timed_out = false;
    slot->status = PAIR_CANNOT;
    slot->signal_number = 0;
    char *spec = directory_make(slot->work) ? spec_of(slot) : NULL;
    if (!spec) {
        conductor->problem = store_problem(slot->work, errno);
        slot->busy = false;
        free(slot->work);
        stop(conductor);
        return;
    }
    uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE},
                                     {.flags = UV_IGNORE},
                                     {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                                      .data.stream = (uv_stream_t *)&slot->said_pipe}};
    char *arguments[] = {"interleave", "grade-pair", spec, NULL};
    uv_process_options_t options = {.file = "/proc/self/exe",
                                    .args = arguments,
                                    .stdio = stdio,
                                    .stdio_count = 3,
                                    .exit_cb = pair_exited};
    uv_pipe_init(&conductor->loop, &slot->said_pipe, 0);
    uv_timer_init(&conductor->loop, &slot->guard);
    slot->process.data = slot->said_pipe.data = slot->guard.data = slot;
    slot->open_handles = 3;
    int problem = uv_spawn(&conductor->loop, &slot->process, &options);
    slot->lives = problem == 0;
    if (problem) {
        text_add(&slot->said, "a process could not be started: %s", uv_strerror(problem));
        uv_close((uv_handle_t *)&slot->process, slot_closed);
        uv_close((uv_handle_t *)&slot->guard, slot_closed);
        uv_close((uv_handle_t *)&slot->said_pipe, slot_closed);
    } else {
        uv_timer_start(&slot->guard, kill_slot, PAIR_MINUTES * 60000ULL, 0);
        if (uv_read_start((uv_stream_t *)&slot->said_pipe, give_buffer, pair_said) != 0)
            uv_close((uv_handle_t *)&slot->said_pipe, slot_closed);
    }
    free(spec);
}

static void start_next(struct slot *slot) {
    struct queue *queue = &slot->conductor->queue;
    if (slot->conductor->stopping || queue->next == queue->count)
        return;
    slot->item = queue->items[queue->next++];
    start_pair(slot);
}

char *conductor_run(struct grading *grading) {
    struct conductor conductor = {.grading = grading};
    struct worklist worklist;
    char *problem = queue_read(&conductor.queue, grading);
    if (!problem)
        problem = worklist_open(&worklist, grading->out);
    if (problem)
        return problem;
    conductor.terms = json_incref(worklist.head);
    worklist_close(&worklist);
    conductor.objects = string_format("%s/objects", grading->home->work);
    conductor.slots = memory_zeroed(grading->jobs, sizeof *conductor.slots);
    uv_loop_init(&conductor.loop);
    uv_signal_t signals[3];
    const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (int i = 0; i < 3; i++) {
        uv_signal_init(&conductor.loop, &signals[i]);
        signals[i].data = &conductor;
        uv_signal_start(&signals[i], told_to_stop, numbers[i]);
        uv_unref((uv_handle_t *)&signals[i]);
    }
    if (!directory_make(conductor.objects))
        conductor.problem = store_problem(conductor.objects, errno);
    progress_grading(grading);
    for (unsigned i = 0; i < grading->jobs && !conductor.problem; i++) {
        conductor.slots[i].conductor = &conductor;
        start_next(&conductor.slots[i]);
    }
    uv_run(&conductor.loop, UV_RUN_DEFAULT);
    for (int i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&signals[i], NULL);
    uv_run(&conductor.loop, UV_RUN_DEFAULT);
    uv_loop_close(&conductor.loop);
    progress_grading_end(grading);
    queue_free(&conductor.queue);
    json_decref(conductor.terms);
    free(conductor.objects);
    free(conductor.slots);
    return conductor.problem;
}
