#include "judging.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void judging_open(struct judging *judging, uv_loop_t *loop, void (*changed)(void *context),
                  void *context) {
    *judging = (struct judging){.loop = loop, .changed = changed, .context = context};
}

static void set_text(struct judging *judging, const char *text) {
    judging->text.length = 0;
    text_add(&judging->text, "%s", text ? text : "");
}

// The events (report/events.h)

static void got_compiles(struct judging *judging, const json_t *event) {
    const char *name = json_string_value(json_object_get(event, "program"));
    judging->state = JUDGING_RUNS;
    text_add(&judging->text, "%s compiles.\n\n", path_base(name ? name : ""));
}

static void got_engine(struct judging *judging, const json_t *event) {
    const char *engine = json_string_value(json_object_get(event, "engine")),
               *outcome = json_string_value(json_object_get(event, "outcome"));
    const json_t *schedule = json_object_get(event, "schedule");
    judging->engines++;
    if (json_is_string(schedule) && !judging->schedule)
        judging->schedule = string_copy(json_string_value(schedule));
    if (judging->state == JUDGING_RUNS && engine && outcome)
        text_add(&judging->text, "  %-10s%s\n", engine, outcome);
}

static void got_certain(struct judging *judging, const json_t *event) {
    judging->state = JUDGING_CERTAIN;
    set_text(judging, json_string_value(json_object_get(event, "text")));
}

static void got_verdict(struct judging *judging, const json_t *event) {
    free(judging->verdict);
    free(judging->schedule);
    judging->state = JUDGING_DONE;
    judging->silent = false;
    judging->verdict = string_copy(json_string_value(json_object_get(event, "verdict")));
    judging->schedule = string_copy(json_string_value(json_object_get(event, "schedule")));
    set_text(judging, json_string_value(json_object_get(event, "text")));
}

static const struct {
    const char *name;
    void (*take)(struct judging *judging, const json_t *event);
} events[] = {{"compiles", got_compiles},
              {"engine", got_engine},
              {"certain", got_certain},
              {"verdict", got_verdict}};

static void got_line(void *context, const char *line) {
    struct judging *judging = context;
    json_t *event = json_loads(line, 0, NULL);
    const char *name = json_string_value(json_object_get(event, "event"));
    for (size_t i = 0; name && i < sizeof events / sizeof events[0]; i++)
        if (strcmp(events[i].name, name) == 0 &&
            (!judging->silent || events[i].take == got_verdict))
            events[i].take(judging, event);
    json_decref(event);
    if (!judging->silent)
        judging->changed(judging->context);
}

static void ended(void *context, int status, const char *out, const char *err) {
    struct judging *judging = context;
    (void)out;
    judging->helper = NULL;
    bool told = judging->state == JUDGING_DONE;
    if (!told) {
        judging->state = JUDGING_DONE;
        set_text(judging, *err ? err : "");
        if (!*err)
            text_add(&judging->text, "The judgement ended with status %d before it was told.\n",
                     status);
    } else if (*err) {
        text_add(&judging->text, "\n%s", err);
    }
    judging->silent = false;
    judging->changed(judging->context);
}

static void start(struct judging *judging, struct strings *argv) {
    const struct helper_calls calls = {got_line, ended, judging};
    judging->helper = helper_start(judging->loop, argv, calls);
}

void judging_stop(struct judging *judging) {
    if (judging->helper)
        helper_stop(judging->helper);
    free(judging->verdict);
    free(judging->schedule);
    judging->helper = NULL;
    judging->verdict = judging->schedule = NULL;
    judging->engines = 0;
    judging->silent = false;
    judging->state = JUDGING_NONE;
    text_free(&judging->text);
}

void judging_start(struct judging *judging, struct strings *argv) {
    judging_stop(judging);
    judging->state = JUDGING_COMPILES;
    start(judging, argv);
}

void judging_renew(struct judging *judging, struct strings *argv) {
    if (judging->helper)
        helper_stop(judging->helper);
    judging->silent = judging->state == JUDGING_DONE;
    start(judging, argv);
}
