/* refused 2:target */
__attribute__((target("avx"))) int wide(int x) { return x + 1; }
