/* passes */
#define swap(a, b) ({ __typeof__(a) kept = (a); (a) = (b); (b) = kept; kept; })
#define each(item, list) for (__auto_type item = (list); *item; item++)
static __thread int depth;
__extension__ typedef long long wide;

int turn(int a, int b, int *all) {
    static void *const places[] = {&&first, &&second};
    int sum = swap(a, b);
    goto *places[sum & 1];
first:
    each (item, all)
        sum += *item;
second:
    depth++;
    return sum ?: (int)(wide)depth;
}
