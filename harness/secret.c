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
    // Spelt so that this very program does not contain it in one piece.
    static const char first[] = "interleave:place", second[] = "-for-the-secret!";
    char place[32];
    memcpy(place, first, 16);
    memcpy(place + 16, second, 16);
    char *found = memmem(object, length, place, sizeof place);
    if (!found)
        return false;
    memcpy(found, key.words, sizeof key.words);
    memset(found + sizeof key.words, 0, sizeof place - sizeof key.words);
    return true;
}
