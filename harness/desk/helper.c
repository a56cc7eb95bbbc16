#include "helper.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEPT = 16 << 20,     // bytes of each stream
    PATIENCE_MS = 10000, // with one that was told to end
};

struct stream {
    uv_pipe_t pipe;
    struct text text;
    size_t told; // of it, in lines
};

struct helper {
    uv_process_t process;
    uv_timer_t patience;
    struct stream out, err;
    struct helper_calls calls;
    bool lives, abandoned;
    int open, status;
    char buffer[65536];
};

static void freed(uv_handle_t *handle) {
    free(handle->data);
}

static void finish(struct helper *helper) {
    if (!helper->abandoned)
        helper->calls.ended(helper->calls.context, helper->status,
                            helper->out.text.data ? helper->out.text.data : "",
                            helper->err.text.data ? helper->err.text.data : "");
    text_free(&helper->out.text);
    text_free(&helper->err.text);
    uv_close((uv_handle_t *)&helper->patience, freed);
}

static void closed(uv_handle_t *handle) {
    struct helper *helper = handle->data;
    if (--helper->open == 0)
        finish(helper);
}

static void exited(uv_process_t *process, int64_t status, int number) {
    struct helper *helper = process->data;
    helper->lives = false;
    helper->status = number ? 128 + number : (int)status;
    uv_close((uv_handle_t *)process, closed);
}

static void tell_lines(struct helper *helper) {
    struct stream *out = &helper->out;
    char *end;
    while (helper->calls.line && !helper->abandoned &&
           (end = memchr(out->text.data + out->told, '\n', out->text.length - out->told))) {
        const char *line = out->text.data + out->told;
        *end = '\0';
        out->told = (size_t)(end - out->text.data) + 1;
        helper->calls.line(helper->calls.context, line);
    }
}

static void got_bytes(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct helper *helper = handle->data;
    struct stream *stream =
        handle == (uv_stream_t *)&helper->out.pipe ? &helper->out : &helper->err;
    if (count < 0) {
        uv_close((uv_handle_t *)handle, closed);
        return;
    }
    size_t room = KEPT - stream->text.length;
    text_add_bytes(&stream->text, buffer->base, (size_t)count < room ? (size_t)count : room);
    if (stream == &helper->out)
        tell_lines(helper);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct helper *helper = handle->data;
    *buffer = uv_buf_init(helper->buffer, sizeof helper->buffer);
}

struct helper *helper_start(uv_loop_t *loop, struct strings *argv, struct helper_calls calls) {
    struct helper *helper = memory_zeroed(1, sizeof *helper);
    helper->calls = calls;
    helper->open = 3;
    uv_timer_init(loop, &helper->patience);
    uv_pipe_init(loop, &helper->out.pipe, 0);
    uv_pipe_init(loop, &helper->err.pipe, 0);
    helper->process.data = helper->patience.data = helper->out.pipe.data = helper->err.pipe.data =
        helper;
    uv_stdio_container_t stdio[] = {{.flags = UV_IGNORE},
                                    {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                                     .data.stream = (uv_stream_t *)&helper->out.pipe},
                                    {.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
                                     .data.stream = (uv_stream_t *)&helper->err.pipe}};
    uv_process_options_t options = {.file = argv->items[0],
                                    .args = argv->items,
                                    .stdio = stdio,
                                    .stdio_count = 3,
                                    .exit_cb = exited};
    int problem = uv_spawn(loop, &helper->process, &options);
    helper->lives = problem == 0;
    if (problem) {
        helper->status = 127;
        text_add(&helper->err.text, "%s: %s\n", argv->items[0], uv_strerror(problem));
        uv_close((uv_handle_t *)&helper->process, closed);
    }
    for (struct stream *stream = &helper->out;; stream = &helper->err) {
        if (problem || uv_read_start((uv_stream_t *)&stream->pipe, give_buffer, got_bytes) != 0)
            uv_close((uv_handle_t *)&stream->pipe, closed);
        if (stream == &helper->err)
            break;
    }
    strings_free(argv);
    return helper;
}

static void lose_patience(uv_timer_t *timer) {
    struct helper *helper = timer->data;
    if (helper->lives)
        uv_process_kill(&helper->process, SIGKILL);
}

void helper_abandon(struct helper *helper) {
    helper->abandoned = true;
}

void helper_stop(struct helper *helper) {
    helper->abandoned = true;
    if (!helper->lives)
        return;
    uv_process_kill(&helper->process, SIGTERM);
    uv_timer_start(&helper->patience, lose_patience, PATIENCE_MS, 0);
}
