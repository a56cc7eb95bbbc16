#include "secret.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

bool secret_draw(void *bytes, size_t count) {
    ssize_t drawn;
    do
        drawn = getrandom(bytes, count, 0);
    while (drawn < 0 && errno == EINTR);
    return drawn == (ssize_t)count;
}

bool secret_read(struct proof_key *key, const char *digits) {
    char half[17] = {0};
    for (size_t i = 0; i < 32; i++)
        if (!isxdigit((unsigned char)digits[i]))
            return false;
    for (size_t i = 0; i < 2; i++) {
        memcpy(half, digits + 16 * i, 16);
        key->words[i] = strtoull(half, NULL, 16);
    }
    return digits[32] == '\0';
}

bool secret_seal(char *object, size_t length, struct proof_key key) {
    static const char place[] = "interleave:place-for-the-secret!";
    char *found = memmem(object, length, place, sizeof place);
    if (!found)
        return false;
    memset(found, 0, sizeof place);
    memcpy(found, key.words, sizeof key.words);
    return true;
}
