/* passes */
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>

int sums(size_t a, size_t b, size_t *sum) {
    if (__builtin_add_overflow(a, b, sum))
        return 0;
    return __builtin_popcountll(*sum) + __builtin_ctz(8) + (int)htonl(3) + (int)__builtin_bswap32(5);
}
