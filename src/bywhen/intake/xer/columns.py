"""The tables of a Primavera export with the columns that are written, in Primavera's order.

Source: "Primavera P6 XER import/export data map guide". What does not live here: what is read; reading goes by name.
"""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    table: tuple(text.split())
    for table, text in {
        "CURRTYPE": (
            "curr_id decimal_digit_cnt curr_symbol decimal_symbol digit_group_symbol pos_curr_fmt_type "
            "neg_curr_fmt_type curr_type curr_short_name group_digit_cnt base_exch_rate"
        ),
        "OBS": "obs_id parent_obs_id seq_num obs_name",
        "UDFTYPE": "udf_type_id table_name udf_type_name udf_type_label logical_data_type super_flag",
        "MEMOTYPE": "memo_type_id seq_num eps_flag proj_flag wbs_flag task_flag memo_type",
        "PROJECT": (
            "proj_id fy_start_month_num rsrc_self_add_flag allow_complete_flag rsrc_multi_assign_flag checkout_flag "
            "project_flag step_complete_flag cost_qty_recalc_flag batch_sum_flag name_sep_char def_complete_pct_type "
            "proj_short_name clndr_id task_code_base task_code_step priority_num wbs_max_sum_level "
            "critical_drtn_hr_cnt def_cost_per_qty last_recalc_date plan_start_date plan_end_date scd_end_date "
            "def_duration_type task_code_prefix def_qty_type def_rate_type add_act_remain_flag "
            "act_this_per_link_flag def_task_type act_pct_link_flag critical_path_type task_code_prefix_flag "
            "def_rollup_dates_flag use_project_baseline_flag rem_target_link_flag reset_planned_flag "
            "allow_neg_act_flag sum_assign_level export_flag"
        ),
        "CALENDAR": (
            "clndr_id default_flag clndr_name proj_id base_clndr_id last_chng_date clndr_type day_hr_cnt week_hr_cnt "
            "month_hr_cnt year_hr_cnt rsrc_private clndr_data"
        ),
        "SCHEDOPTIONS": (
            "schedoptions_id proj_id sched_outer_depend_type sched_open_critical_flag sched_lag_early_start_flag "
            "sched_retained_logic sched_setplantoforecast sched_float_type sched_calendar_on_relationship_lag "
            "sched_use_expect_end_flag sched_progress_override"
        ),
        "PROJWBS": (
            "wbs_id proj_id obs_id seq_num est_wt proj_node_flag sum_data_flag status_code wbs_short_name wbs_name "
            "phase_id parent_wbs_id ev_user_pct ev_etc_user_value ev_compute_type ev_etc_compute_type"
        ),
        "RSRC": (
            "rsrc_id parent_rsrc_id clndr_id role_id shift_id user_id rsrc_seq_num email_addr rsrc_name "
            "rsrc_short_name def_qty_per_hr cost_qty_type ot_factor active_flag auto_compute_act_flag "
            "def_cost_qty_link_flag ot_flag curr_id unit_id rsrc_type"
        ),
        "RSRCRATE": "rsrc_rate_id rsrc_id max_qty_per_hr cost_per_qty start_date shift_period_id",
        "TASK": (
            "task_id proj_id wbs_id clndr_id phys_complete_pct rev_fdbk_flag est_wt lock_plan_flag "
            "auto_compute_act_flag complete_pct_type task_type duration_type status_code task_code task_name rsrc_id "
            "total_float_hr_cnt free_float_hr_cnt remain_drtn_hr_cnt act_work_qty remain_work_qty target_work_qty "
            "target_drtn_hr_cnt target_equip_qty act_equip_qty remain_equip_qty cstr_date act_start_date act_end_date "
            "late_start_date late_end_date expect_end_date early_start_date early_end_date restart_date reend_date "
            "target_start_date target_end_date rem_late_start_date rem_late_end_date cstr_type priority_type "
            "suspend_date resume_date cstr_date2 cstr_type2 driving_path_flag"
        ),
        "TASKPRED": "task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt",
        "TASKRSRC": (
            "taskrsrc_id task_id proj_id cost_qty_link_flag role_id rsrc_id remain_qty target_qty remain_qty_per_hr "
            "target_lag_drtn_hr_cnt target_qty_per_hr act_ot_qty act_reg_qty ot_factor cost_per_qty target_cost "
            "act_reg_cost act_ot_cost remain_cost act_start_date act_end_date restart_date reend_date "
            "target_start_date target_end_date rollup_dates_flag rate_type rsrc_type"
        ),
        "PROJCOST": "cost_item_id proj_id task_id cost_name target_cost act_cost remain_cost",
        "TASKMEMO": "memo_id task_id memo_type_id proj_id task_memo",
        "WBSMEMO": "wbs_memo_id wbs_id memo_type_id proj_id wbs_memo",
        "UDFVALUE": "udf_type_id fk_id proj_id udf_date udf_number udf_text udf_code_id",
    }.items()
}
ORDER = tuple(COLUMNS)
"""What a row refers to stands before it."""
