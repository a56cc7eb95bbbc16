#include "settings.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings settings = {
    .strategy = "auto",
    .preemptions = 2,
    .schedules = 10000,
    .seconds = 2,
    .seed = 1,
    .driver_seed = 1,
    .jobs = 1,
    .steps = 2000000,
    .rarity = 200,
    .repeat = 1,
    .output = 8 << 20,
    .reduction = true,
    .shrink = true,
};

static char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "re");
    char *bytes = NULL;
    size_t size = 0;
    if (!file)
        return NULL;
    if (getdelim(&bytes, &size, -1, file) < 0 && !bytes)
        bytes = calloc(1, 1);
    *length = (size_t)ftell(file);
    fclose(file);
    return bytes;
}

static void set(const char *name, char *value) {
    static const struct {
        const char *name;
        unsigned *number;
    } numbers[] = {{"preemptions", &settings.preemptions},
                   {"jobs", &settings.jobs},
                   {"threads", &settings.threads},
                   {"rarity", &settings.rarity},
                   {"repeat", &settings.repeat},
                   {"output", &settings.output},
                   {"next", &settings.next},
                   {"way", &settings.way},
                   {"times", &settings.times},
                   {"samples", &settings.samples},
                   {"driver-seed", &settings.driver_seed}};
    static const struct {
        const char *name;
        uint64_t *number;
    } large[] = {{"schedules", &settings.schedules},
                 {"seed", &settings.seed},
                 {"steps", &settings.steps},
                 {"heap", &settings.heap}};
    static const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"any-order", &settings.any_order}, {"reduction", &settings.reduction},
                 {"shrink", &settings.shrink},       {"list", &settings.list},
                 {"each", &settings.each},           {"processor", &settings.processor},
                 {"to-fault", &settings.to_fault},   {"stop-at-fault", &settings.stop_at_fault}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (strcmp(name, numbers[i].name) == 0)
            *numbers[i].number = (unsigned)strtoul(value, NULL, 10);
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++)
        if (strcmp(name, large[i].name) == 0)
            *large[i].number = strtoull(value, NULL, 10);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (strcmp(name, flags[i].name) == 0)
            *flags[i].flag = strcmp(value, "0") != 0;
    if (strcmp(name, "seconds") == 0)
        settings.seconds = strtod(value, NULL);
    else if (strcmp(name, "report") == 0)
        snprintf(settings.report, sizeof settings.report, "%s", value);
    else if (strcmp(name, "strategy") == 0)
        snprintf(settings.strategy, sizeof settings.strategy, "%s", value);
    else if (strcmp(name, "schedule") == 0)
        settings.schedule = value;
    else if (strcmp(name, "moves") == 0)
        settings.moves = value;
    else if (strcmp(name, "sites") == 0)
        settings.sites = value;
    else if (strcmp(name, "build") == 0)
        settings.build = (unsigned)strtoul(value, NULL, 16);
    else if (strcmp(name, "expected") == 0)
        settings.expected = read_all(value, &settings.expected_length);
}

const char *settings_read(const char *path) {
    size_t length;
    char *lines = read_all(path, &length);
    if (!lines)
        return "the settings cannot be read";
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        char *space = strchr(line, ' ');
        if (!space)
            return "a line of the settings has no value";
        *space = '\0';
        set(line, space + 1);
    }
    return settings.report[0] ? NULL : "the settings name no report";
}
