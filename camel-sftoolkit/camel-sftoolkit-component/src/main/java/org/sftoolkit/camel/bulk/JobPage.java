package org.sftoolkit.camel.bulk;

import java.util.List;
import org.sftoolkit.camel.model.JobInfo;

/**
 * A page of the list of jobs.
 *
 * @param next locator of the next page, or null
 */
public record JobPage(List<JobInfo> jobs, String next) {}
