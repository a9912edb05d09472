/** Upload and download of files, streamed both ways. */
@NullMarked
package org.sftoolkit.camel.files;

import org.jspecify.annotations.NullMarked;
