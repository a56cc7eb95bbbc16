#include "watching.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct strings watch_command(const struct watch *watch, const char *command) {
    struct strings argv = {0};
    const struct options *options = watch->options;
    int columns = watch->terminal.columns;
    strings_add(&argv, watch->home->executable);
    strings_add(&argv, command);
    if (strcmp(command, "progress") != 0)
        strings_addf(&argv, "%d", watch->lesson->number);
    strings_addf(&argv, "--width=%d", columns < 20 ? 20 : columns > 100 ? 100 : columns);
    strings_addf(&argv, "--color=%s", watch->terminal.colour ? "always" : "never");
    strings_addf(&argv, "--jobs=%u", options->jobs);
    if (options->lessons)
        strings_addf(&argv, "--lessons=%s", options->lessons);
    if (options->seconds > 0)
        strings_addf(&argv, "--timeout=%.0f", options->seconds);
    return argv;
}

void aside_leave(struct watch *watch) {
    if (watch->helper)
        helper_stop(watch->helper);
    watch->helper = NULL;
    watch->is_aside = watch->lists = watch->asks_reset = watch->opens_picture = false;
    watch->waits_for_schedule = false;
    watch->number = 0;
}

void aside_show(struct watch *watch, const char *text) {
    view_set(&watch->aside, text, true);
    watch_draw(watch);
}

void aside_open(struct watch *watch, const char *title) {
    aside_leave(watch);
    free(watch->aside_title);
    watch->is_aside = true;
    watch->aside_title =
        string_format("%d %s: %s", watch->lesson->number, watch->lesson->title, title);
    aside_show(watch, "");
}

// The address of the page that the output names; owned by the caller, NULL when there is none.
static char *page_address(const char *out) {
    struct strings words = {0};
    char real[PATH_MAX], *address = NULL;
    strings_add_words(&words, out);
    for (size_t i = 0; i < words.count && !address; i++) {
        const char *word = words.items[i];
        if (string_starts(word, "file://"))
            address = string_copy(word);
        else if (string_ends(word, ".html") && realpath(word, real))
            address = string_format("file://%s", real);
    }
    strings_free(&words);
    return address;
}

static bool has_display(void) {
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (x && *x) || (wayland && *wayland);
}

static void browser_ended(uv_process_t *process, int64_t status, int number) {
    (void)status, (void)number;
    uv_close((uv_handle_t *)process, (uv_close_cb)free);
}

// It may outlive the watch.
static bool start_browser(uv_loop_t *loop, char *address) {
    if (!has_display())
        return false;
    uv_process_t *process = memory_zeroed(1, sizeof *process);
    uv_process_options_t options = {.file = "xdg-open",
                                    .args = (char *[]){"xdg-open", address, NULL},
                                    .flags = UV_PROCESS_DETACHED,
                                    .exit_cb = browser_ended};
    bool started = uv_spawn(loop, process, &options) == 0;
    uv_unref((uv_handle_t *)process);
    if (!started)
        uv_close((uv_handle_t *)process, (uv_close_cb)free);
    return started;
}

static void command_ended(void *context, int status, const char *out, const char *err) {
    struct watch *watch = context;
    watch->helper = NULL;
    struct text text = {0};
    text_add(&text, "%s%s%s", out, *out && *err ? "\n" : "", err);
    char *address = watch->opens_picture && status == 0 ? page_address(out) : NULL;
    if (address)
        text_add(&text, "\n%s: %s\n",
                 start_browser(&watch->loop, address) ? "Opened" : "Open it in a browser", address);
    if (!text.length)
        text_add(&text, status == 0 ? "No difference.\n" : "It ended with status %d.\n", status);
    free(address);
    char *shown = text_take(&text);
    aside_show(watch, shown);
    free(shown);
}

void aside_run(struct watch *watch, const char *title, struct strings *argv) {
    aside_open(watch, title);
    watch->helper =
        helper_start(&watch->loop, argv, (struct helper_calls){NULL, command_ended, watch});
}

void aside_run_command(struct watch *watch, const char *title, const char *command) {
    struct strings argv = watch_command(watch, command);
    aside_run(watch, title, &argv);
}
