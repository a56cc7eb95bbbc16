#include "digest.h"

#include "text.h"

#include <stdlib.h>
#include <sys/stat.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

char *digest_bytes(const void *bytes, size_t length) {
    XXH128_hash_t hash = XXH3_128bits(bytes, length);
    return string_format("%016llx%016llx", (unsigned long long)hash.high64,
                         (unsigned long long)hash.low64);
}

char *digest_file(const char *path) {
    size_t length;
    struct stat status;
    bool regular = stat(path, &status) == 0 && S_ISREG(status.st_mode); // not /dev/zero
    char *bytes = regular ? file_read(path, &length) : NULL;
    char *digest = bytes ? digest_bytes(bytes, length) : NULL;
    free(bytes);
    return digest;
}
