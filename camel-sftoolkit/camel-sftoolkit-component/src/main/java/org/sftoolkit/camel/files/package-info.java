/** Upload and download of files, streamed both ways. */
package org.sftoolkit.camel.files;
