DROP TABLE offline_uploads;
