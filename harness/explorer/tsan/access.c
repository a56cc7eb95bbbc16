// TSan sees the accesses and keeps the shadow; nothing is left to do for the explorer.
#include "access.h"

void access_made(const void *address, size_t size, unsigned access, uint32_t place) {
    (void)address, (void)size, (void)access, (void)place;
}

void shadow_access(uintptr_t address, size_t size, unsigned access, uint32_t place) {
    (void)address, (void)size, (void)access, (void)place;
}

void shadow_renew(uintptr_t address, size_t size) {
    (void)address, (void)size;
}

void shadow_free(uintptr_t address, size_t size, uint32_t place) {
    (void)address, (void)size, (void)place;
}
