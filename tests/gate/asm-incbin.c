/* refused 3:asm */

__asm__(".incbin \"/etc/passwd\"");
