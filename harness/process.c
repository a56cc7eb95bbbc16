#include "process.h"

#include "keeper.h"
#include "sandbox/group.h"
#include "sandbox/sizes.h"
#include "tasks.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct stream {
    uv_pipe_t pipe;
    struct text kept;
    uint64_t bytes;
    size_t most; // kept bytes
};

enum { OUT, ERR, STATUS, STREAMS };

enum {
    GRACE_SECONDS = 15, // of a keeper, beyond the time of its child
    SWEEP_MS = 50,
    REPORT_KEPT = 64 << 20, // bytes; a full lock-order graph takes less than 10 MiB
};

struct process {
    uv_process_t keeper;
    uv_timer_t guard; // ends a keeper that does not end by itself, then what it left behind
    struct stream streams[STREAMS];
    char buffer[65536];
    size_t allowed;
    uint64_t resident;
    uv_pipe_t leash; // of a keeper in a box, which no signal reaches; it ends with the pipe
    bool boxed, leashed;
    char *group;
    bool too_much, stopped, keeper_lives, exceeded;
    int open_handles;
    process_done done;
    void *context;
    struct process *next;
};

static struct process *living;

const char *process_end_word(const struct process_result *result) {
    const char *word = json_string_value(json_object_get(result->report, "end"));
    return word ? word : "";
}

static void set_end(struct process_result *result, const struct process *process) {
    static const struct {
        const char *word;
        enum process_end end;
    } ends[] = {{"exit", PROCESS_EXITED},   {"timeout", PROCESS_TIMEOUT},
                {"hang", PROCESS_HANG},     {"memory", PROCESS_MEMORY},
                {"growth", PROCESS_GROWTH}, {"stopped", PROCESS_STOPPED},
                {"files", PROCESS_OUTPUT},  {"processes", PROCESS_MEMORY}};
    const char *word = process_end_word(result);
    result->end = PROCESS_FAILED;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strcmp(word, ends[i].word) == 0)
            result->end = ends[i].end;
    if (word && strcmp(word, "starved") == 0 && !result->error)
        result->error =
            string_copy("the machine is so busy with other work that the program hardly "
                        "ran; judge it again when there is less to do");
    if (process->exceeded && result->end != PROCESS_GROWTH)
        result->end = PROCESS_MEMORY;
    if (process->too_much)
        result->end = PROCESS_OUTPUT;
    if (process->stopped)
        result->end = PROCESS_STOPPED;
}

// Bubblewrap says on standard error why it could not start the keeper.
static char *unwatched(const struct process *process) {
    const struct text *said = &process->streams[ERR].kept;
    struct text words = {0};
    size_t length = said->data ? strcspn(said->data, "\n") : 0;
    text_add_line(&words,
                  "the process that watches the program was killed; nothing is known about it");
    if (process->boxed && said->data && string_starts(said->data, "bwrap: ")) {
        text_free(&words);
        text_add(&words, "the sandbox could not be set up: ");
        text_add_printable(&words, said->data, length < 300 ? length : 300);
    }
    return text_take(&words);
}

static void read_report(struct process_result *result, struct process *process) {
    struct text *answer = &process->streams[STATUS].kept;
    json_error_t where;
    result->report = answer->length ? json_loadb(answer->data, answer->length, 0, &where) : NULL;
    if (!result->report) {
        result->report = json_object();
        result->error = unwatched(process);
    }
    const char *error = json_string_value(json_object_get(result->report, "error"));
    if (error)
        result->error = string_copy(error);
    json_t *status = json_object_get(result->report, "exit");
    result->exit_status = status ? (int)json_integer_value(status) : -1;
    result->signal_number = (int)json_integer_value(json_object_get(result->report, "signal"));
    result->seconds = json_number_value(json_object_get(result->report, "seconds"));
    result->own = json_number_value(json_object_get(result->report, "own"));
    result->cpu = json_number_value(json_object_get(result->report, "cpu"));
    result->peak = (uint64_t)json_integer_value(json_object_get(result->report, "peak"));
    set_end(result, process);
}

static void finish(struct process *process) {
    struct process **link = &living;
    while (*link != process)
        link = &(*link)->next;
    *link = process->next;
    struct process_result result = {0};
    process->exceeded = process->group && group_close(process->group);
    free(process->group);
    read_report(&result, process);
    if (process->exceeded && result.peak < process->resident)
        result.peak = process->resident;
    result.out = process->streams[OUT].kept;
    result.err = process->streams[ERR].kept;
    result.out_bytes = process->streams[OUT].bytes;
    result.err_bytes = process->streams[ERR].bytes;
    text_free(&process->streams[STATUS].kept);
    process_done done = process->done;
    void *context = process->context;
    free(process);
    done(context, &result);
    text_free(&result.out);
    text_free(&result.err);
    free(result.error);
    json_decref(result.report);
}

static void guard_closed(uv_handle_t *handle) {
    finish(handle->data);
}

static void closed(uv_handle_t *handle) {
    struct process *process = handle->data;
    if (--process->open_handles == 0)
        uv_close((uv_handle_t *)&process->guard, guard_closed);
}

static bool is_keeper(void *context, pid_t pid) {
    (void)context;
    for (struct process *process = living; process; process = process->next)
        if (process->keeper_lives && process->keeper.pid == pid)
            return true;
    return false;
}

// What a killed keeper was watching is now our own child (process_adopt_orphans): end it, with all below.
static void end_orphans(uv_timer_t *timer) {
    (void)timer;
    tasks_end_children(is_keeper, NULL);
}

static void drop_leash(struct process *process) {
    if (process->leashed)
        uv_close((uv_handle_t *)&process->leash, closed);
    process->leashed = false;
}

static void keeper_exited(uv_process_t *handle, int64_t status, int signal_number) {
    (void)status;
    struct process *process = handle->data;
    process->keeper_lives = false;
    uv_close((uv_handle_t *)handle, closed);
    drop_leash(process);
    uv_timer_stop(&process->guard);
    if (signal_number)
        uv_timer_start(&process->guard, end_orphans, 0, SWEEP_MS);
}

// Once a keeper has been reaped its id may be another's.
static void signal_keeper(struct process *process, int number) {
    if (process->keeper_lives)
        uv_process_kill(&process->keeper, number);
}

// Its report is still to come.
static void tell_to_stop(struct process *process) {
    if (process->boxed)
        drop_leash(process);
    else
        signal_keeper(process, SIGTERM);
}

// The keeper should have ended its child long ago: something has stopped it.
static void end_keeper(uv_timer_t *timer) {
    signal_keeper(timer->data, SIGKILL);
}

void process_adopt_orphans(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct process *process = handle->data;
    *buffer = uv_buf_init(process->buffer, sizeof process->buffer);
}

static void got_bytes(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct process *process = handle->data;
    struct stream *stream = (struct stream *)((char *)handle - offsetof(struct stream, pipe));
    if (count < 0) {
        uv_close((uv_handle_t *)handle, closed);
        return;
    }
    size_t room = stream->most - stream->kept.length;
    text_add_bytes(&stream->kept, buffer->base, (size_t)count < room ? (size_t)count : room);
    stream->bytes += (uint64_t)count;
    bool is_status = stream == &process->streams[STATUS];
    if (!is_status && process->allowed && stream->bytes > process->allowed && !process->too_much) {
        process->too_much = true;
        tell_to_stop(process);
    }
}

// `interleave keeper SPEC EXECUTABLE WITNESS STDIN COMMAND…`, see keeper.h.
static void keeper_command(const struct process_spec *spec, const char *group,
                           struct strings *argv) {
    json_t *json =
        json_pack("{s:i, s:f, s:I, s:b, s:b, s:b, s:b, s:b, s:b}", "parent", (int)getpid(),
                  "seconds", spec->seconds, "resident", (json_int_t)spec->resident, "watch",
                  spec->watch, "unwinds", spec->unwinds, "own_thread", spec->own_thread, "alarms",
                  spec->alarms, "one_cpu", spec->one_cpu, "lock_graph", spec->lock_graph);
    if (spec->box.sandbox)
        json_object_set_new(json, "box",
                            box_order(&spec->box, spec->executable, group, spec->seconds));
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    strings_add(argv, "interleave");
    strings_add(argv, "keeper");
    strings_add(argv, text);
    strings_add(argv, spec->executable ? spec->executable : "");
    strings_add(argv, spec->witness ? spec->witness : "");
    strings_add(argv, spec->input ? spec->input : "");
    for (size_t i = 0; i < spec->argv.count; i++)
        strings_add(argv, spec->argv.items[i]);
    free(text);
}

static void add_words(struct text *line, const struct strings *words) {
    for (size_t i = 0; i < words->count; i++) {
        text_add(line, " ");
        text_add_word(line, words->items[i]);
    }
}

char *process_command(const struct process_spec *spec) {
    struct text line = {0};
    text_add(&line, "env -i");
    add_words(&line, &spec->environment);
    add_words(&line, &spec->argv);
    text_add(&line, " <");
    text_add_word(&line, spec->input ? spec->input : "/dev/null");
    text_add(&line, "\n");
    return text_take(&line);
}

static void add_stream(struct process *process, int index, uv_loop_t *loop,
                       uv_stdio_container_t *container) {
    struct stream *stream = &process->streams[index];
    uv_pipe_init(loop, &stream->pipe, 0);
    stream->pipe.data = process;
    stream->most = index == STATUS ? REPORT_KEPT : OUTPUT_KEPT;
    process->open_handles++;
    container->flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
    container->data.stream = (uv_stream_t *)&stream->pipe;
}

static void enter_box(struct process *process, struct process_spec *spec, uv_loop_t *loop,
                      uv_stdio_container_t *container) {
    process->boxed = process->leashed = true;
    uv_pipe_init(loop, &process->leash, 0);
    process->leash.data = process;
    process->open_handles++;
    container->flags = UV_CREATE_PIPE | UV_READABLE_PIPE;
    container->data.stream = (uv_stream_t *)&process->leash;
    box_environment(&spec->box, &spec->environment);
    if (spec->box.sandbox->level == SANDBOX_FULL)
        process->group = group_new(spec->resident + BOX_GROUP_MARGIN, BOX_TASKS + 8);
}

// The small one that lies beside this executable (keeper_main.c), or else this one.
static const char *keeper_executable(void) {
    static char *found;
    char here[PATH_MAX];
    ssize_t length = found ? 0 : readlink("/proc/self/exe", here, sizeof here);
    if (length > 0) {
        const char *slash = memrchr(here, '/', (size_t)length);
        found = string_format("%.*sinterleave-keeper", slash ? (int)(slash + 1 - here) : 0, here);
    }
    return found && access(found, X_OK) == 0 ? found : "/proc/self/exe";
}

void process_start(uv_loop_t *loop, struct process_spec *spec, process_done done, void *context) {
    struct process *process = memory_zeroed(1, sizeof *process);
    struct strings arguments = {0};
    uv_stdio_container_t stdio[5] = {{.flags = UV_IGNORE}};
    if (spec->box.sandbox && spec->box.sandbox->level == SANDBOX_NONE)
        spec->box.sandbox = NULL; // somebody has taken the risk
    if (spec->box.sandbox)
        enter_box(process, spec, loop, &stdio[BOX_LEASH]);
    keeper_command(spec, process->group, &arguments);
    add_stream(process, OUT, loop, &stdio[1]);
    add_stream(process, ERR, loop, &stdio[2]);
    add_stream(process, STATUS, loop, &stdio[3]);
    uv_process_options_t options = {.file = keeper_executable(),
                                    .args = arguments.items,
                                    .env = spec->environment.items,
                                    .stdio = stdio,
                                    .stdio_count = process->boxed ? 5 : 4,
                                    .exit_cb = keeper_exited};
    process->allowed = spec->output;
    process->resident = spec->resident;
    process->done = done;
    process->context = context;
    process->keeper.data = process;
    process->open_handles++;
    process->next = living;
    living = process;
    uv_timer_init(loop, &process->guard);
    process->guard.data = process;
    int problem = uv_spawn(loop, &process->keeper, &options);
    process->keeper_lives = problem == 0;
    if (!problem)
        uv_timer_start(&process->guard, end_keeper,
                       (uint64_t)((spec->seconds * KEEPER_PATIENCE + GRACE_SECONDS) * 1000), 0);
    if (problem) {
        drop_leash(process);
        text_add(&process->streams[STATUS].kept,
                 "{\"error\":\"a process could not be started: %s\"}", uv_strerror(problem));
        uv_close((uv_handle_t *)&process->keeper, closed);
    }
    for (int i = 0; i < STREAMS; i++) {
        uv_stream_t *stream = (uv_stream_t *)&process->streams[i].pipe;
        if (problem || uv_read_start(stream, give_buffer, got_bytes) != 0)
            uv_close((uv_handle_t *)stream, closed);
    }
    strings_free(&arguments);
    strings_free(&spec->argv);
    strings_free(&spec->environment);
    box_free(&spec->box);
}

void process_stop_all(void) {
    for (struct process *process = living; process; process = process->next) {
        process->stopped = true;
        tell_to_stop(process);
    }
}

void process_clean_environment(struct strings *environment) {
    static const char *const kept[] = {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const char *value = getenv(kept[i]);
        if (value)
            strings_addf(environment, "%s=%s", kept[i], value);
    }
}
