// Whether AddressSanitizer lives: freed memory must be poisoned. Its search for leaks is made here, too,
// and not when the process exits: until the harness is told that the program has ended, the program
// could still leave before the search.
#include "canary.h"

#include <stdlib.h>

void __lsan_do_leak_check(void); // ends the process when something has leaked
int __asan_address_is_poisoned(const volatile void *address);

bool canary_sings(void) {
    __lsan_do_leak_check();
    char *volatile block = malloc(64); // volatile: or the compiler leaves out both calls
    char *freed = block;
    free(block);
    return __asan_address_is_poisoned(freed);
}
