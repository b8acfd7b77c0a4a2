/* A shell that knows one thing, for git's "sh -c PROGRAM 'WORD'...": words and quotes.
   Git for Windows brings a real one; without it no remote that is a folder is met. */
#include <process.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **given) {
  static char text[32768];
  char *words[64], *to = text;
  int number = 0;
  if (count < 3 || strcmp(given[1], "-c") || strlen(given[2]) >= sizeof text) return 127;
  for (const char *at = given[2]; *at && number < 60;) {
    char quote = 0;
    while (*at == ' ') at++;
    if (!*at) break;
    if (!strncmp(at, "\"$@\"", 4)) {
      for (int i = 4; i < count && number < 60; i++) words[number++] = given[i];
      at += 4;
      continue;
    }
    words[number++] = to;
    *to++ = '"'; /* the C library joins the words by spaces, and quotes none */
    for (; *at && (quote || *at != ' '); at++) {
      if (quote ? *at == quote : (*at == '\'' || *at == '"')) quote = quote ? 0 : *at;
      else *to++ = *at;
    }
    *to++ = '"';
    *to++ = 0;
  }
  words[number] = NULL;
  if (!number) return 0;
  static char program[4096];
  size_t length = strlen(words[0]);
  snprintf(program, sizeof program, "%.*s", (int)(length - 2), words[0] + 1);
  return (int)_spawnvp(_P_WAIT, program, (const char *const *)words);
}
