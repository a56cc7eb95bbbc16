// Verdicts as JSON; docs/verdict.schema.json describes it.
#include "report.h"

#include "../explain.h"

#include <stdlib.h>

static void show_paths(const json_t *places) {
    json_t *place;
    size_t i;
    json_array_foreach(places, i, place) {
        char *path = report_path(json_string_value(json_object_get(place, "file")));
        if (path)
            json_object_set_new(place, "file", json_of_text(path));
        free(path);
    }
}

static json_t *shown_faults(const struct faults *faults) {
    json_t *list = faults_to_json(faults), *fault;
    size_t i;
    json_array_foreach(list, i, fault) {
        json_object_set_new(fault, "explanation", explain_json(faults->items[i].kind));
        show_paths(json_object_get(fault, "places"));
        show_paths(json_object_get(fault, "before"));
    }
    return list;
}

static json_t *engines_json(const struct verdict *verdict) {
    json_t *all = json_object();
    for (size_t i = 0; i < verdict->result_count; i++) {
        const struct engine_result *result = &verdict->results[i];
        json_t *json = json_pack("{s:s, s:o, s:f}", "outcome", outcome_words[result->outcome],
                                 "reason", json_of_text(result->reason ? result->reason : ""),
                                 "seconds", result->seconds);
        if (result->exploration)
            json_object_set(json, "exploration", result->exploration);
        json_object_set_new(all, result->engine->name, json);
    }
    return all;
}

static json_t *refusals_json(const struct refusals *refusals) {
    json_t *list = json_array();
    for (size_t i = 0; i < refusals->count; i++) {
        const struct refusal *refusal = &refusals->items[i];
        char *path = report_path(refusal->file);
        json_array_append_new(list,
                              json_pack("{s:o, s:i, s:o, s:o}", "file", json_of_text(path), "line",
                                        refusal->line, "name", json_of_text(refusal->name),
                                        "message", json_of_text(refusal->message)));
        free(path);
    }
    return list;
}

json_t *report_program_json(const struct verdict *verdict) {
    json_t *json =
        json_pack("{s:o, s:s, s:o, s:o, s:o}", "name", json_of_text(verdict->program->name),
                  "verdict", verdict_words[verdict->word], "engines", engines_json(verdict),
                  "faults", shown_faults(&verdict->faults), "notes", shown_faults(&verdict->notes));
    if (verdict->refusals.count)
        json_object_set_new(json, "refusals", refusals_json(&verdict->refusals));
    if (!verdict->program->lesson)
        return json;
    json_t *problems = json_array();
    for (size_t i = 0; i < verdict->problems.count; i++)
        json_array_append_new(problems, json_of_text(verdict->problems.items[i]));
    json_object_set_new(json, "expectation", json_string(verdict->as_expected ? "met" : "not-met"));
    json_object_set_new(json, "problems", problems);
    return json;
}

void report_json(FILE *out, const struct report *report) {
    json_t *programs = json_array();
    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(programs, report_program_json(&report->verdicts[i]));
    json_t *json = json_pack("{s:o}", "programs", programs);
    json_dumpf(json, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(json);
}
