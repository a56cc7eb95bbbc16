// Signs the records that are named on standard input, a path a line: a record carries a sum of itself.
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static int sign(const char *path) {
    json_t *record = json_load_file(path, 0, NULL);
    if (!record)
        return 1;
    json_object_del(record, "sum");
    char *text = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS), sum[33];
    XXH128_hash_t hash = XXH3_128bits(text, strlen(text));
    snprintf(sum, sizeof sum, "%016llx%016llx", (unsigned long long)hash.high64,
             (unsigned long long)hash.low64);
    json_object_set_new(record, "sum", json_string(sum));
    int failed = json_dump_file(record, path, JSON_COMPACT);
    free(text);
    json_decref(record);
    return failed;
}

int main(void) {
    char path[4096];
    int failed = 0;
    while (fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        failed |= sign(path);
    }
    return failed != 0;
}
