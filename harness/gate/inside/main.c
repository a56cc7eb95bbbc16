// interleave-gate NAME=VALUE…: what stands in the way of judging a student's file, as one JSON object.
//   source=FILE  lesson=DIRECTORY  compiler=CLANG  call=NAME (more than one)
//   only=VIEW  for tests: no other view looks (written, expanded, disguise, made)
//   plain=FLAG  thread=FLAG  address=FLAG (more than one): how it is compiled for each kind of tool
#include "inside.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_settings(struct gate *gate, int argc, char **argv) {
    struct {
        const char *name;
        struct strings *list;
        const char **one;
    } settings[] = {{"source=", NULL, &gate->source},
                    {"compiler=", NULL, &gate->compiler},
                    {"only=", NULL, &gate->only},
                    {"call=", &gate->calls, NULL},
                    {"plain=", &gate->flags[BUILD_PLAIN], NULL},
                    {"thread=", &gate->flags[BUILD_THREAD], NULL},
                    {"address=", &gate->flags[BUILD_ADDRESS], NULL}};
    enum { SETTINGS = sizeof settings / sizeof settings[0] };
    for (int i = 1; i < argc; i++) {
        size_t k = 0;
        while (k < SETTINGS && !string_starts(argv[i], settings[k].name))
            k++;
        if (k == SETTINGS && string_starts(argv[i], "lesson=")) {
            free(gate->lesson);
            gate->lesson = realpath(argv[i] + strlen("lesson="), NULL);
            continue;
        }
        if (k == SETTINGS)
            return string_format("`%s` is not understood", argv[i]);
        const char *value = argv[i] + strlen(settings[k].name);
        if (settings[k].list)
            strings_add(settings[k].list, value);
        else
            *settings[k].one = value;
    }
    if (!gate->source || !gate->compiler || !gate->lesson)
        return string_copy("source, compiler and lesson must be given, and be there");
    return NULL;
}

static json_t *printable(const char *text) {
    struct text line = {0};
    text_add_line(&line, text);
    json_t *json = json_string(line.data ? line.data : "");
    text_free(&line);
    return json;
}

static int by_line(const void *a, const void *b) {
    const struct refusal *one = a, *other = b;
    return (one->line > other->line) - (one->line < other->line);
}

static void print(const struct gate *gate) {
    json_t *list = json_array();
    if (gate->refusal_count)
        qsort(gate->refusals, gate->refusal_count, sizeof *gate->refusals, by_line);
    // What has no line of its own comes from what has one, where there is any.
    int last = gate->refusal_count ? gate->refusals[gate->refusal_count - 1].line : 0;
    for (size_t i = 0; i < gate->refusal_count; i++) {
        const struct refusal *refusal = &gate->refusals[i];
        if (last > 0 && refusal->line == 0)
            continue;
        json_array_append_new(list, json_pack("{s:i, s:o, s:o, s:b}", "line", refusal->line, "name",
                                              printable(refusal->name), "message",
                                              printable(refusal->message), "if_it_links",
                                              (int)refusal->if_it_links));
    }
    json_t *json = json_pack("{s:o, s:b}", "refusals", list, "compiles", (int)gate->compiles);
    if (gate->trouble)
        json_object_set_new(json, "trouble", printable(gate->trouble));
    json_dumpf(json, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(json);
}

static void look(struct gate *gate, struct output *outputs) {
    compiler_run(gate, outputs, EXPANDED_THREAD, MADE);
    gate->compiles = outputs[MADE].ok;
    if (gate->trouble)
        return;
    written_look(gate); // also says on which lines names are
    if (gate->only && strcmp(gate->only, "written") != 0)
        gate->refusal_count = 0;
    if (!gate->only || strcmp(gate->only, "expanded") == 0)
        expanded_look(gate, &outputs[EXPANDED_THREAD].text);
    if (gate->asks && (!gate->only || strcmp(gate->only, "disguise") == 0)) {
        compiler_run(gate, outputs, EXPANDED_PLAIN, EXPANDED_ADDRESS);
        disguise_look(gate, outputs);
    }
    if (gate->compiles && (!gate->only || strcmp(gate->only, "made") == 0))
        made_look(gate, outputs[MADE].text.data ? outputs[MADE].text.data : "");
}

int main(int argc, char **argv) {
    struct gate gate = {.mentions = json_object(), .inlined = json_object()};
    struct output outputs[OUTPUTS] = {{{0}, false}};
    gate.trouble = read_settings(&gate, argc, argv);
    if (!gate.trouble)
        look(&gate, outputs);
    print(&gate);
    for (int i = 0; i < OUTPUTS; i++)
        text_free(&outputs[i].text);
    for (size_t i = 0; i < gate.refusal_count; i++) {
        free(gate.refusals[i].name);
        free(gate.refusals[i].message);
    }
    free(gate.refusals);
    free(gate.trouble);
    free(gate.lesson);
    strings_free(&gate.calls);
    strings_free(&gate.promised);
    for (int i = 0; i < BUILDS; i++)
        strings_free(&gate.flags[i]);
    json_decref(gate.mentions);
    json_decref(gate.inlined);
    return fflush(stdout) == 0 ? 0 : 2;
}
